import type { User, UserStore } from '@holdfast/directory';
import type { Clock } from '@holdfast/kernel';
import { parseUuid } from '@holdfast/kernel';
import { createLocalJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import { type ResourceOrigins, resourceOf } from './dialect/requested-resource.ts';
import type { KeyRing } from './keys/key-ring.ts';

export interface UserInfoServices {
  readonly keyRing: KeyRing;
  readonly users: UserStore;
  readonly origins: ResourceOrigins;
  readonly clock: Clock;
}

/** The claims of the person a directory token was issued for (OpenID Connect Core section 5.3); undefined for a bad token. */
export const userInfo = async (
  authorization: string | undefined,
  services: UserInfoServices,
): Promise<Readonly<Record<string, unknown>> | undefined> => {
  const token = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  const claims = token === undefined ? undefined : await verified(token, services);
  const scopes = String(claims?.['scp'] ?? '').split(' ');
  const [tenantId, userId] = [parseUuid(claims?.['tid']), parseUuid(claims?.['oid'])];
  if (!tenantId.ok || !userId.ok || !scopes.includes('openid')) return undefined;
  const user = await services.users.find(tenantId.value, userId.value);
  if (user === undefined || !user.enabled || !isCurrent(claims, user)) return undefined;
  const { givenName, surname, mail } = user.profile;
  return {
    sub: user.id,
    name: user.displayName,
    preferred_username: user.userPrincipalName,
    ...(givenName !== undefined && { given_name: givenName }),
    ...(surname !== undefined && { family_name: surname }),
    ...(mail !== undefined && scopes.includes('email') && { email: mail }),
  };
};

/** A revoked token counts for nothing here either. */
const isCurrent = (claims: JWTPayload | undefined, { tokensValidFrom }: User): boolean =>
  (claims?.iat ?? 0) * 1000 >= tokensValidFrom.getTime();

const verified = async (token: string, services: UserInfoServices): Promise<JWTPayload | undefined> => {
  try {
    const tenantId = parseUuid(decodeJwt(token)['tid']);
    if (!tenantId.ok) return undefined;
    const keys = createLocalJWKSet({ keys: [...(await services.keyRing.jwks(tenantId.value)).keys] });
    const { payload } = await jwtVerify(token, keys, { algorithms: ['RS256'], currentDate: services.clock.now() });
    const audience = String(payload.aud ?? '');
    return resourceOf(audience, services.origins).isGraph ? payload : undefined;
  } catch {
    return undefined;
  }
};
