import { oauthError } from '../../oauth-error.ts';
import { messagePage } from '../../pages/message-page.ts';
import { pageHeaders } from '../../pages/page-headers.ts';
import { writeDown } from '../../sign-in-log/write-down.ts';
import { noteOf } from '../advance.ts';
import type { BrowserRequest } from '../browser-request.ts';
import type { Known } from '../learn.ts';
import type { SignInServices } from '../sign-in-services.ts';
import type { StepOutcome } from './step.ts';

/** The person does not want the device, or not what its program asks for: it hears so at its next poll. */
export const declineDevice = async (
  known: Known,
  browser: BrowserRequest,
  services: SignInServices,
): Promise<StepOutcome> => {
  const { interaction, facts } = known;
  if (interaction.purpose.kind !== 'device' || facts.person === undefined)
    throw new Error('a device was declined by nobody');
  const { tenantId, userId } = facts.person.proof;
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
