import { newUuid } from '@holdfast/kernel';
import { consentResource } from '../../consent/permissions.ts';
import { oauthError } from '../../oauth-error.ts';
import { writeDown } from '../../sign-in-log/write-down.ts';
import { noteOf } from '../advance.ts';
import { isNext } from '../decide-next.ts';
import { type Known, learn } from '../learn.ts';
import type { SignInServices } from '../sign-in-services.ts';
import { declineDevice } from './decline-device.ts';
import type { StepHandler } from './step.ts';

/** What a program may do in the person's name. Kept when the person agrees; a refusal is told to the program. */
export const consent: StepHandler = async ({ interaction, fields, browser }, services) => {
  const known = await learn(interaction, browser, services);
  // Only what the page asked for counts, and only once everything before it has been proven.
  if (!isNext('consent', known.facts)) return { interaction };
  if (fields.get('decision') !== 'accept') {
    if (interaction.purpose.kind === 'device') return declineDevice(known, browser, services);
    const declined = oauthError('consentDeclined', {});
    writeDown(services.signInLog, noteOf(known, browser), declined);
    throw declined;
  }
  await keep(known, services);
  return { interaction: { ...interaction, settled: [...interaction.settled, 'consent'] } };
};

const keep = async ({ facts, asked }: Known, { consents, clock, random }: SignInServices): Promise<void> => {
  if (facts.person === undefined || asked === undefined || facts.consent?.kind !== 'askPerson') return;
  const { user } = facts.person;
  const byResource = Map.groupBy(facts.consent.scopes, (name) => consentResource(asked.requested.resource, name));
  for (const [resource, scopes] of byResource)
    await consents.put({
      id: newUuid(random),
      tenantId: user.tenantId,
      appId: asked.app.appId,
      userId: user.id,
      resource,
      scopes,
      createdAt: clock.now(),
    });
};
