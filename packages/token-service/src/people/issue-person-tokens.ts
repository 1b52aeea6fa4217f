import type { User } from '@holdfast/directory';
import { addMs, base64url, days, newUuid } from '@holdfast/kernel';
import type { PersonGrant } from '../codes/authorization-code-store.ts';
import type { RedirectKind } from '../dialect/redirect-uri.ts';
import { type RequestedResource, tokenVersionFor } from '../dialect/requested-resource.ts';
import { defaultScope, isOpenidScope } from '../dialect/requested-scopes.ts';
import type { GrantedToken } from '../grants/grant.ts';
import type { RefreshFamily } from '../refresh/refresh-token-store.ts';
import type { TokenVersion } from '../tokens/issuer-names.ts';
import type { CredentialKind } from '../tokens/token-issuer.ts';
import type { PersonServices } from './person-services.ts';
import { randomSecret, sha256 } from './random-secret.ts';

export interface PersonTokens {
  readonly user: User;
  readonly grant: PersonGrant;
  readonly resource: RequestedResource;
  readonly credential: CredentialKind;
  readonly endpoint: TokenVersion;
  readonly nonce: string | undefined;
  /** The family that the refresh token joins; undefined for a program that asked for none. */
  readonly family: RefreshFamily | undefined;
  /** Network address of the program. */
  readonly address: string;
}

/** Refresh tokens slide by this much with each use. */
const refreshDays = 90;
/** The end of a family: programs on computers come back for a year, scripts in a browser for a day. */
const familyDays = { web: 365, publicClient: 365, spa: 1 } as const;

/** The whole answer of a person's grant: access token, ID token, refresh token and account. */
export const issuePersonTokens = async (wanted: PersonTokens, services: PersonServices): Promise<GrantedToken> => {
  const { user, grant, resource, credential, endpoint, nonce, address } = wanted;
  const { tokens } = services;
  const { clientId: appId, scopes, sid, authentication } = grant;
  const version = tokenVersionFor(resource, endpoint);
  const common = { user, appId, sid, authentication };
  const [access, idToken, refreshToken] = await Promise.all([
    tokens.issueUserToken({
      ...common,
      credential,
      version,
      scopes: accessScopes(scopes),
      ...audienceOf(wanted),
      address,
    }),
    tokens.issueIdToken({ ...common, version: endpoint, nonce }),
    wanted.family && addRefreshToken(wanted.family, services),
  ]);
  const clientInfo = base64url(new TextEncoder().encode(JSON.stringify({ uid: user.id, utid: user.tenantId })));
  const person = { scope: scopeText(resource, scopes), idToken, refreshToken, clientInfo };
  return { ...access, audience: resource.audience, person };
};

const audienceOf = ({ resource }: PersonTokens) => ({ audience: resource.audience });

/** `offline_access` is about the refresh token, and `.default` about the request; neither opens anything. */
const accessScopes = (scopes: readonly string[]): readonly string[] =>
  scopes.filter((scope) => scope !== 'offline_access' && scope !== defaultScope);

/**
 * The scopes as the program may have asked for them, because MSAL looks its cache through by what it asked for (RFC 6749
 * section 5.1): permissions behind their resource, those of the directory's API also by their name alone.
 */
const scopeText = ({ audience, isGraph }: RequestedResource, scopes: readonly string[]): string => {
  const spellings = (scope: string): readonly string[] => {
    if (isOpenidScope(scope)) return [scope];
    return isGraph && scope !== defaultScope ? [`${audience}/${scope}`, scope] : [`${audience}/${scope}`];
  };
  return scopes.flatMap(spellings).join(' ');
};

/** A family to hand refresh tokens out from, kept before its first token. */
export const beginFamily = async (
  start: { readonly id?: RefreshFamily['id']; readonly grant: PersonGrant; readonly redirectKind: RedirectKind },
  { refreshTokens, clock, random }: Pick<PersonServices, 'refreshTokens' | 'clock' | 'random'>,
): Promise<RefreshFamily | undefined> => {
  if (!start.grant.scopes.includes('offline_access')) return undefined;
  const now = clock.now();
  const { grant, redirectKind } = start;
  const expiresAt = addMs(now, days(familyDays[redirectKind]));
  const family = { id: start.id ?? newUuid(random), grant, redirectKind, createdAt: now, expiresAt };
  await refreshTokens.insertFamily(family);
  return family;
};

const addRefreshToken = async (family: RefreshFamily, { refreshTokens, clock, random }: PersonServices) => {
  const token = randomSecret(random);
  const sliding = addMs(clock.now(), days(refreshDays));
  const expiresAt = sliding < family.expiresAt ? sliding : family.expiresAt;
  await refreshTokens.insert({ tokenSha256: sha256(token), familyId: family.id, expiresAt });
  return token;
};
