import { type Uuid, unwrap } from '@holdfast/kernel';
import { isForClient } from '../authorize/is-for-client.ts';
import { findAuthority } from '../dialect/authority.ts';
import { parseForm, requiredField } from '../dialect/form-fields.ts';
import { OAuthError, oauthError } from '../oauth-error.ts';
import { advance } from './advance.ts';
import { answerClientError } from './answer-client.ts';
import type { BrowserRequest, Reply } from './browser-request.ts';
import type { Interaction } from './interaction.ts';
import type { SignInServices } from './sign-in-services.ts';
import { account } from './steps/account.ts';
import { consent } from './steps/consent.ts';
import { device } from './steps/device.ts';
import { enrol } from './steps/enrol.ts';
import { newPassword } from './steps/new-password.ts';
import { otp } from './steps/otp.ts';
import { password } from './steps/password.ts';
import type { StepHandler } from './steps/step.ts';

/** What pages of ours send, by the `step` in their form. */
const steps: Readonly<Record<string, StepHandler>> = { password, otp, enrol, newPassword, account, consent, device };

/** Takes a page's answer and goes on. */
export const takeStep = async (body: string, browser: BrowserRequest, services: SignInServices): Promise<Reply> => {
  const fields = unwrap(parseForm(body));
  const interaction = services.seal.open(requiredField(fields, 'ctx'), browser.cookies.flow ?? '');
  // A provider's button has a name of its own.
  const name = fields.has('provider') ? 'password' : requiredField(fields, 'step');
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
  if (step === undefined) throw oauthError('malformedRequest', { reason: 'there is no such step' });
  const known = { ...browser, correlationId: interaction.correlationId };
  return tellClient({ interaction, browser: known, services }, async () => {
    const outcome = await step({ interaction, fields, browser: known }, services);
    if ('reply' in outcome) return outcome.reply;
    const { left } = outcome;
    return advance(outcome.interaction, known, { services, ...(left && { left }) });
  });
};

interface Telling {
  readonly interaction: Interaction;
  readonly browser: BrowserRequest;
  readonly services: SignInServices;
}

/** Tells the program what it can do something about; everything else is for the error page. */
export const tellClient = async (
  { interaction, browser, services }: Telling,
  work: () => Promise<Reply>,
): Promise<Reply> => {
  const { purpose } = interaction;
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OAuthError) || purpose.kind !== 'authorize' || !isForClient(error)) throw error;
    const tenantId = await tenantIdOf(interaction, services);
    const about = { login: services.origins.login, tenantId, traceId: browser.traceId };
    return answerClientError(purpose.request, error, about);
  }
};

/** Whose authority answers: the tenant that was asked, else the person's. */
const tenantIdOf = async (
  { authority, person }: Interaction,
  { directory }: SignInServices,
): Promise<Uuid | undefined> => {
  const found = await findAuthority(directory, authority);
  return found.kind === 'tenant' ? found.tenant.id : person?.tenantId;
};
