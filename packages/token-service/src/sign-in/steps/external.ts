import { parseUuid } from '@holdfast/kernel';
import type { SignInWish } from '../../federation/federation.ts';
import { oauthError } from '../../oauth-error.ts';
import { setCookie } from '../cookies.ts';
import type { Interaction } from '../interaction.ts';
import type { StepHandler } from './step.ts';

/** What a browser keeps for us in one cookie (RFC 6265 section 6.1), less its name and attributes. */
const roomInCookie = 3900;
/** As long as a sign-in may take, in seconds. */
const cookieAge = 900;

/** Sends the person to another provider. The sign-in waits in a cookie, because the browser comes back by a link. */
export const external: StepHandler = async ({ interaction, fields, browser }, services) => {
  const id = parseUuid(fields.get('provider'));
  const tenantId = await tenantOf(interaction.authority, services);
  const provider = id.ok ? await services.providers.find(tenantId, id.value) : undefined;
  if (provider === undefined) throw oauthError('malformedRequest', { reason: 'there is no such identity provider' });
  const wish = wishOf(interaction, fields.get('username'));
  const { url, pending } = await services.federation.begin(provider, wish);
  const waiting = { ...interaction, external: { tenantId, pending } };
  const sealed = services.seal.seal(waiting, browser.browser);
  if (sealed.length > roomInCookie)
    throw oauthError('malformedRequest', { reason: 'state and nonce are too long to sign in at another provider' });
  const cookies = [setCookie('flow', browser.browser), setCookie('external', sealed, cookieAge)];
  return { reply: { kind: 'redirect', to: url, cookies } };
};

/** What the program asked of us is asked of the provider: its own session must not stand for a proof that is to be new. */
const wishOf = ({ purpose, otherAccount }: Interaction, loginHint: string | undefined): SignInWish => {
  const request = purpose.kind === 'authorize' ? purpose.request : undefined;
  const mustProve = request?.prompts.includes('login') === true || request?.maxAge !== undefined;
  const mustChoose = request?.prompts.includes('select_account') === true || otherAccount === true;
  return {
    ...(loginHint !== undefined && { loginHint }),
    ...(mustProve ? { prompt: 'login' } : mustChoose && { prompt: 'select_account' }),
  };
};

const tenantOf = async (segment: string, { directory }: Parameters<StepHandler>[1]) => {
  const found = await directory.findTenant(segment);
  return (found ?? (await directory.defaultTenant())).id;
};
