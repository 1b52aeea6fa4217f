import { matchTotp, totpLabel } from '@holdfast/directory';
import { oauthError } from '../../oauth-error.ts';
import { isNext } from '../decide-next.ts';
import { withMethods } from '../interaction.ts';
import { learn } from '../learn.ts';
import type { StepHandler } from './step.ts';

/**
 * The first code of an authenticator, which proves that it has the secret. Only somebody who has just given the password
 * gets here, and only while there is no authenticator: whoever has lost theirs needs an administrator.
 */
export const enrol: StepHandler = async ({ interaction, fields, browser }, services) => {
  const { facts } = await learn(interaction, browser, services);
  const { person } = facts;
  const { enrolment } = interaction;
  if (person === undefined || enrolment === undefined || !isNext('enrol', facts)) return { interaction };
  const step = matchTotp(enrolment, fields.get('otp') ?? '', browser.now);
  if (step === undefined) return { interaction, left: { error: oauthError('wrongOtp', {}) } };
  const { user, proof } = person;
  const sealedSecret = services.sealer.seal(Buffer.from(enrolment), totpLabel(user.tenantId, user.id));
  const totp = { sealedSecret, lastStep: step };
  const changed = await services.changeUser(user, (now) => ({ ...now, totp: now.totp ?? totp }));
  const { enrolment: _used, ...rest } = interaction;
  // Another authenticator came first: it is the one that counts, and is asked for.
  if (changed?.totp !== totp) return { interaction: rest };
  return { interaction: { ...rest, person: withMethods(proof, ['otp', 'mfa'], browser.now) } };
};
