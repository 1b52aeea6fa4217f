import type { User } from '@holdfast/directory';
import { msBetween, seconds, unwrap } from '@holdfast/kernel';
import type { RequestingApp } from '../clients/requesting-app.ts';
import type { PersonGrant } from '../codes/authorization-code-store.ts';
import { requiredField } from '../dialect/form-fields.ts';
import { resourceOf } from '../dialect/requested-resource.ts';
import {
  isOpenidScope,
  parsePersonScope,
  type RequestedScopes,
  scopesOfResource,
  scopesToKeep,
} from '../dialect/requested-scopes.ts';
import { oauthError } from '../oauth-error.ts';
import { consentedScopes } from '../people/consent-of.ts';
import { issuePersonTokens } from '../people/issue-person-tokens.ts';
import { sha256 } from '../people/random-secret.ts';
import type { FoundRefreshToken } from '../refresh/refresh-token-store.ts';
import { checkOrigin } from './check-origin.ts';
import { checkPolicies } from './check-policies.ts';
import type { Grant, GrantRequest, GrantServices } from './grant.ts';
import { proveClient } from './person-client.ts';
import { personOfGrant, tenantOfGrant } from './redeem.ts';

/**
 * Programs that share one token cache may refresh at the same moment, and an answer may be lost on its way: for this long
 * after its first use a token is good once more. Later it is taken for stolen.
 */
const overlap = seconds(30);

/** A new token without the person (RFC 6749 section 6), for the same resource or another; each refresh token counts once. */
export const refreshToken: Grant = {
  name: 'refresh_token',
  aliases: [],
  issue: async (request, services) => {
    request.note.flow = 'refresh';
    const { family } = checked(request, await findToken(request, services), services.clock.now());
    const { redirectKind } = family;
    const place = { directory: services.directory, name: 'refresh_token' };
    const tenant = await tenantOfGrant(family.grant, request.authority, place);
    const { app, credential } = await proveClient(request, { tenant, redirectKind }, services);
    checkOrigin(request.origin, { redirectKind, redirectUris: app.redirectUris });
    const user = await personOfGrant(family.grant, request, services);
    const grant = await grantNow(request, { before: family.grant, user, app }, services);
    await claimToken(request, services);
    const resource = resourceOf(grant.resource, services.origins);
    const { endpoint, sender: address } = request;
    const nonce = undefined;
    return issuePersonTokens({ user, grant, resource, credential, endpoint, nonce, family, address }, services);
  },
};

const tokenOf = ({ fields }: GrantRequest): Uint8Array => sha256(requiredField(fields, 'refresh_token'));

const findToken = async (
  request: GrantRequest,
  { refreshTokens, clock }: GrantServices,
): Promise<FoundRefreshToken> => {
  const found = await refreshTokens.find(tokenOf(request));
  if (found === undefined) throw oauthError('grantUnknown', { name: 'refresh_token' });
  if (isReused(found, clock.now())) await refreshTokens.revokeFamily(found.family.id, clock.now());
  return found;
};

/**
 * Marks the token as used, as the last thing before new ones are issued: what is refused before, because a policy or the
 * person's consent is missing, leaves it as good as it was. Between the look and the claim another may have come first.
 */
const claimToken = async (request: GrantRequest, { refreshTokens, clock }: GrantServices): Promise<void> => {
  const now = clock.now();
  const claimed = await refreshTokens.claim(tokenOf(request), now);
  if (claimed === undefined) throw oauthError('grantUnknown', { name: 'refresh_token' });
  checked(request, claimed, now);
};

const isReused = ({ usedAt, revokedAt }: FoundRefreshToken, now: Date): boolean =>
  revokedAt === undefined && usedAt !== undefined && msBetween(usedAt, now) > overlap;

const checked = ({ presented }: GrantRequest, found: FoundRefreshToken, now: Date): FoundRefreshToken => {
  const { family, token, revokedAt } = found;
  if (isReused(found, now)) throw oauthError('refreshReused', {});
  if (family.grant.clientId !== presented.appId) throw oauthError('grantOfAnotherClient', { name: 'refresh_token' });
  if (revokedAt !== undefined) throw oauthError('grantRevoked', {});
  if (token.expiresAt <= now || family.expiresAt <= now) throw oauthError('grantExpired', {});
  return found;
};

interface Before {
  readonly before: PersonGrant;
  readonly user: User;
  readonly app: RequestingApp;
}

/** The grant for what is asked now. Consent and policies are asked again, without the person. */
const grantNow = async (request: GrantRequest, known: Before, services: GrantServices): Promise<PersonGrant> => {
  const { before, user, app } = known;
  const requested = requestedNow(request, before, services);
  const { resource } = requested;
  request.note.resource = resource.audience;
  const permissions = await consentedScopes({ user, app, requested }, services);
  await checkPolicies(request, { user, resource, methods: before.authentication.methods }, services);
  // What rides along stays as it was at the sign-in: a refresh asks for no more of it.
  const openid = before.scopes.filter(isOpenidScope);
  return { ...before, resource: resource.audience, scopes: scopesToKeep(permissions, { ...requested, openid }) };
};

/** Without a scope it is for what it was for (RFC 6749 section 6). */
const requestedNow = (
  { endpoint, fields }: GrantRequest,
  before: PersonGrant,
  { origins }: GrantServices,
): RequestedScopes => {
  const [scope, resource] = [fields.get('scope'), fields.get('resource')];
  if (endpoint === '2.0' && scope !== undefined) return unwrap(parsePersonScope(scope, origins));
  if (endpoint === '1.0' && resource !== undefined) return scopesOfResource(resource, origins);
  const permissions = before.scopes.filter((each) => !isOpenidScope(each));
  return { resource: resourceOf(before.resource, origins), permissions, openid: [] };
};
