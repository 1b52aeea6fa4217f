import { matchTotp, totpLabel, type User } from '@holdfast/directory';
import { OAuthError, oauthError } from '../../oauth-error.ts';
import { writeDown } from '../../sign-in-log/write-down.ts';
import { noteOf } from '../advance.ts';
import { isNext } from '../decide-next.ts';
import type { Guess } from '../guess-limits.ts';
import { withMethods } from '../interaction.ts';
import { knownDeviceOf } from '../known-device.ts';
import { learn } from '../learn.ts';
import type { SignInServices } from '../sign-in-services.ts';
import type { StepHandler, StepRequest } from './step.ts';

/** The code of the person's authenticator. Each counts once. */
export const otp: StepHandler = async (request, services) => {
  const { interaction, browser } = request;
  const known = await learn(interaction, browser, services);
  const { person } = known.facts;
  if (person?.user.totp === undefined || !isNext('otp', known.facts)) return { interaction };
  try {
    await checkCode(person.user, request, services);
  } catch (error) {
    if (!(error instanceof OAuthError) || error.status >= 500) throw error;
    writeDown(services.signInLog, noteOf(known, browser), error);
    return { interaction, left: { error } };
  }
  return { interaction: { ...interaction, person: withMethods(person.proof, ['otp', 'mfa'], browser.now) } };
};

const checkCode = async (user: User, { fields, browser }: StepRequest, services: SignInServices): Promise<void> => {
  const { sealer, limits, users } = services;
  const knownDevice = knownDeviceOf(browser.cookies.device, user.id, sealer);
  const guess: Guess = { what: 'otp', account: user.id, address: browser.address, knownDevice };
  await limits.check(guess);
  const sealed = user.totp?.sealedSecret ?? new Uint8Array();
  const secret = Buffer.from(sealer.open(sealed, totpLabel(user.tenantId, user.id))).toString('utf8');
  const step = matchTotp(secret, fields.get('otp') ?? '', browser.now);
  if (step !== undefined && (await users.claimTotpStep(user.tenantId, user.id, step))) {
    await limits.check(guess);
    return limits.clear(guess);
  }
  await limits.add(guess);
  throw oauthError('wrongOtp', {});
};
