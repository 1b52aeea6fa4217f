import { oauthError } from '../../oauth-error.ts';
import { messagePage } from '../../pages/message-page.ts';
import { pageHeaders } from '../../pages/page-headers.ts';
import { writeDown } from '../../sign-in-log/write-down.ts';
import { noteOf } from '../advance.ts';
import { decideNext } from '../decide-next.ts';
import { learn } from '../learn.ts';
import type { StepHandler } from './step.ts';

/** Whether the device is the person's own: the moment at which phishing with a device code fails, or does not. */
export const device: StepHandler = async ({ interaction, fields, browser }, services) => {
  const known = await learn(interaction, browser, services);
  const next = decideNext(known.facts);
  const { person } = known.facts;
  if (interaction.purpose.kind !== 'device' || person === undefined) return { interaction };
  if (next.kind !== 'ask' || next.page !== 'device') return { interaction };
  if (fields.get('decision') === 'confirm')
    return { interaction: { ...interaction, settled: [...interaction.settled, 'device'] } };
  const { tenantId, userId } = person.proof;
  const code = Buffer.from(interaction.purpose.userCodeSha256, 'base64url');
  await services.deviceCodes.decide(code, { kind: 'declined', tenantId, userId }, browser.now);
  writeDown(services.signInLog, noteOf(known, browser), oauthError('authorizationDeclined', {}));
  const html = messagePage({
    title: 'Nothing was allowed',
    text: 'The other device was refused. If you did not start this yourself, tell your administrator. You may close this page.',
    outcome: 'declined',
  });
  return { reply: { kind: 'page', status: 200, html, headers: pageHeaders(), cookies: [] } };
};
