import { createHash } from 'node:crypto';
import { type ArmError, armError } from '@holdfast/arm';
import type { Principal } from '@holdfast/contracts';
import { parseUuid, type Uuid } from '@holdfast/kernel';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import type { TokenKeys } from '../ports.ts';
import { createVerifiedTokens } from './verified-tokens.ts';

export interface BearerVerifier {
  /** The principal a token stands for; throws the ARM error that says what is wrong with it. */
  verify(token: string, now: Date): Promise<Principal>;
}

export interface BearerVerifierOptions {
  readonly tokenKeys: TokenKeys;
  readonly origin: string;
  readonly loginOrigin: string;
}

/** The audiences ARM clients ask tokens for; older ones hard-code Azure's. Compared without a trailing slash. */
export const armAudiences = (origin: string): readonly string[] => [
  origin,
  'https://management.azure.com',
  'https://management.core.windows.net',
];

/**
 * Verifies access tokens of this control plane's tenants by keys alone (RFC 9068 section 4): RS256 only, a key of
 * the token's own tenant, the issuer of that tenant, an audience of the resource manager. Each token is verified
 * once and then remembered by its SHA-256 until it expires.
 */
export const createBearerVerifier = (options: BearerVerifierOptions): BearerVerifier => {
  const audiences = armAudiences(options.origin);
  const verified = createVerifiedTokens(10_000);
  return {
    verify: async (token, now) => {
      const digest = createHash('sha256').update(token).digest('base64');
      const remembered = verified.find(digest, now);
      if (remembered !== undefined) return remembered;
      const claims = await verifiedClaims(options, token, now);
      checkAudience(claims, audiences);
      const principal = principalOf(claims);
      verified.remember(digest, principal, new Date((claims.exp ?? 0) * 1000));
      return principal;
    },
  };
};

const invalid = (cause?: unknown): ArmError => armError('InvalidAuthenticationToken', {}, { cause });

const verifiedClaims = async (options: BearerVerifierOptions, token: string, now: Date): Promise<JWTPayload> => {
  const { tenantId, keyId, claims } = readUnverified(token);
  const key = await options.tokenKeys.find(tenantId, keyId);
  if (key === undefined) throw invalid();
  try {
    await jwtVerify(token, key, {
      algorithms: ['RS256'],
      currentDate: now,
      clockTolerance: 0,
      requiredClaims: ['exp', 'iss', 'aud', 'oid'],
    });
  } catch (cause) {
    throw isExpiry(cause) ? expired(claims, now) : invalid(cause);
  }
  const issuers = [`${options.loginOrigin}/${tenantId}/`, `${options.loginOrigin}/${tenantId}/v2.0`];
  if (issuers.includes(claims.iss ?? '')) return claims;
  throw armError('InvalidAuthenticationTokenTenant', { issuer: claims.iss ?? '', tenant: issuers[0] ?? '' });
};

/** The tenant and key a token claims, to find the key that proves or disproves it. */
const readUnverified = (token: string): { tenantId: Uuid; keyId: string; claims: JWTPayload } => {
  try {
    const { kid } = decodeProtectedHeader(token);
    const claims = decodeJwt(token);
    const tenant = parseUuid(claims['tid']);
    if (tenant.ok && typeof kid === 'string') return { tenantId: tenant.value, keyId: kid, claims };
  } catch (cause) {
    throw invalid(cause);
  }
  throw invalid();
};

const isExpiry = (cause: unknown): boolean => (cause as { code?: string }).code === 'ERR_JWT_EXPIRED';

const expired = (claims: JWTPayload, now: Date): ArmError =>
  armError('ExpiredAuthenticationToken', {
    expiry: new Date((claims.exp ?? 0) * 1000).toUTCString(),
    now: now.toUTCString(),
  });

const checkAudience = (claims: JWTPayload, audiences: readonly string[]): void => {
  const given = [claims.aud ?? []].flat();
  if (given.some((audience) => audiences.includes(audience.replace(/\/+$/, '')))) return;
  const allowed = audiences.map((audience) => `'${audience}'`).join(', ');
  throw armError('InvalidAuthenticationTokenAudience', { audience: given.join(' '), allowed });
};

const principalOf = (claims: JWTPayload): Principal => {
  const objectId = parseUuid(claims['oid']);
  const tenantId = parseUuid(claims['tid']);
  if (!objectId.ok || !tenantId.ok) throw invalid();
  const isMachine = typeof claims['xms_mirid'] === 'string';
  const isUser = claims['idtyp'] !== 'app';
  return {
    kind: isMachine ? 'ManagedIdentity' : isUser ? 'User' : 'Application',
    objectId: objectId.value,
    tenantId: tenantId.value,
    name: String((isUser ? claims['upn'] : undefined) ?? claims['appid'] ?? claims['azp'] ?? objectId.value),
  };
};
