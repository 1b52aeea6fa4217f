import type { Tenant } from '@holdfast/directory';
import { parseUuid, type Uuid, unwrap } from '@holdfast/kernel';
import { compactVerify, createLocalJWKSet, decodeJwt } from 'jose';
import { type Authority, findAuthority } from '../dialect/authority.ts';
import { clientIdOf } from '../dialect/authorization-request.ts';
import { type FormFields, parseForm } from '../dialect/form-fields.ts';
import { matchRedirectUri } from '../dialect/redirect-uri.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { oauthError } from '../oauth-error.ts';
import { messagePage } from '../pages/message-page.ts';
import { pageHeaders } from '../pages/page-headers.ts';
import { signOutPage } from '../pages/sign-out-page.ts';
import { sha256 } from '../people/random-secret.ts';
import type { BrowserRequest, Reply } from '../sign-in/browser-request.ts';
import { clearCookie, setCookie } from '../sign-in/cookies.ts';
import type { Session } from '../sign-in/session-store.ts';
import type { SignInServices } from '../sign-in/sign-in-services.ts';
import { issuerOf } from '../tokens/issuer-names.ts';

export type SignOutServices = SignInServices & { readonly keyRing: KeyRing };

/**
 * Ends the browser's session (OpenID Connect RP-Initiated Logout 1.0). A program that shows whose session it means, by an ID
 * token of it, signs out at once; anybody else only asks: a link on a foreign page must not sign people out.
 */
export const beginSignOut = async (
  call: { readonly segment: string; readonly parameters: string },
  browser: BrowserRequest,
  services: SignOutServices,
): Promise<Reply> => {
  const fields = unwrap(parseForm(call.parameters));
  const authority = await findAuthority(services.directory, call.segment);
  const session = await sessionOf(browser, services);
  const hint = await readHint(fields.get('id_token_hint'), authority, services);
  const target = await targetOf(fields, { authority, hint }, services);
  if (session === undefined) return signedOut(target);
  if (hint?.sid === session.sid) return endSession(target, browser, services);
  const user = await services.users.find(session.tenantId, session.userId);
  const html = signOutPage({
    action: `${services.origins.login}/signout`,
    ctx: sealTarget(target, browser, services),
    userName: user?.userPrincipalName ?? '',
  });
  const cookies = [setCookie('flow', browser.browser)];
  return { kind: 'page', status: 200, html, headers: pageHeaders({ formTargets: 'anywhere' }), cookies };
};

/** The person agreed on our own page. */
export const confirmSignOut = async (
  body: string,
  browser: BrowserRequest,
  services: SignOutServices,
): Promise<Reply> => {
  const ctx = unwrap(parseForm(body)).get('ctx') ?? '';
  const opened = services.sealer.derive('sign-out');
  const label = labelOf(browser.cookies.flow ?? '');
  const target = openTarget(() => opened.open(Buffer.from(ctx, 'base64url'), label));
  if (target === undefined) throw oauthError('interactionExpired', {});
  return endSession(target === '' ? undefined : target, browser, services);
};

const labelOf = (browser: string): string => `sign-out:${Buffer.from(sha256(browser)).toString('base64url')}`;

const sealTarget = (target: string | undefined, browser: BrowserRequest, { sealer }: SignOutServices): string =>
  Buffer.from(sealer.derive('sign-out').seal(Buffer.from(target ?? ''), labelOf(browser.browser))).toString(
    'base64url',
  );

const openTarget = (open: () => Uint8Array): string | undefined => {
  try {
    return Buffer.from(open()).toString('utf8');
  } catch {
    return undefined;
  }
};

const sessionOf = async (
  { cookies, now }: BrowserRequest,
  { sessions }: SignOutServices,
): Promise<Session | undefined> =>
  cookies.session === undefined ? undefined : sessions.find(sha256(cookies.session), now);

const endSession = async (target: string | undefined, browser: BrowserRequest, services: SignOutServices) => {
  if (browser.cookies.session !== undefined) await services.sessions.delete(sha256(browser.cookies.session));
  return signedOut(target);
};

const signedOut = (target: string | undefined): Reply => {
  // Without the browser's name no page that is still open, or a step back, can go on as this person.
  const cookies = [clearCookie('session'), clearCookie('flow')];
  if (target !== undefined) return { kind: 'redirect', to: target, cookies };
  return { ...donePage, cookies };
};

const donePage = {
  kind: 'page',
  status: 200,
  html: messagePage({
    title: 'You are signed out',
    text: 'Close this browser when others use this computer too.',
    outcome: 'signed-out',
  }),
  headers: pageHeaders(),
} as const;

/** Whose session an ID token of ours names. An old one will do: it proves who it was given to, not that it still counts. */
const readHint = async (
  token: string | undefined,
  authority: Authority,
  { keyRing, directory, origins }: SignOutServices,
): Promise<Hint | undefined> => {
  if (token === undefined) return undefined;
  try {
    const named = parseUuid(decodeJwt(token)['tid']);
    const tenant = named.ok ? await directory.findTenant(named.value) : undefined;
    if (tenant === undefined || (authority.kind === 'tenant' && authority.tenant.id !== tenant.id)) return undefined;
    const keys = createLocalJWKSet({ keys: [...(await keyRing.jwks(tenant.id)).keys] });
    await compactVerify(token, keys, { algorithms: ['RS256'] });
    const { aud, iss, sid, idtyp } = decodeJwt(token);
    const issuers = (['1.0', '2.0'] as const).map((version) => issuerOf(origins.login, tenant.id, version));
    // Only ID tokens lack `idtyp`: whom an access token was shown to may not sign its person out.
    const clientId = idtyp === undefined && issuers.includes(iss ?? '') ? parseUuid(aud) : undefined;
    return clientId?.ok === true ? { sid, clientId: clientId.value, tenant } : undefined;
  } catch {
    return undefined;
  }
};

interface Hint {
  readonly sid: unknown;
  readonly clientId: Uuid;
  readonly tenant: Tenant;
}

/** Where the program wants the person next: a redirect URI it has registered, or nowhere. */
const targetOf = async (
  fields: FormFields,
  { authority, hint }: { readonly authority: Authority; readonly hint: Hint | undefined },
  { directory }: SignOutServices,
): Promise<string | undefined> => {
  const uri = fields.get('post_logout_redirect_uri');
  const appId = hint?.clientId ?? clientIdOf(fields);
  const tenant = authority.kind === 'tenant' ? authority.tenant : hint?.tenant;
  if (uri === undefined || appId === undefined || tenant === undefined) return undefined;
  const client = await directory.findClient(tenant.id, appId);
  const matched = client && matchRedirectUri(client.redirectUris, uri);
  if (matched === undefined) return undefined;
  const to = new URL(matched.uri);
  const state = fields.get('state');
  if (state !== undefined) to.searchParams.set('state', state);
  return to.href;
};
