import { createHash } from 'node:crypto';
import { type ArmError, armError } from '@holdfast/arm';
import type { Principal } from '@holdfast/contracts';
import { parseUuid, type Uuid } from '@holdfast/kernel';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import type { PrincipalStanding, TokenKeys } from '../ports.ts';
import { checkStanding } from './check-standing.ts';
import { readClaims, type VerifiedToken } from './verified-token.ts';
import { createVerifiedTokens } from './verified-tokens.ts';

export interface BearerVerifier {
  /** The principal a token stands for; throws the ARM error that says what is wrong with it. */
  verify(token: string, now: Date): Promise<Principal>;
}

export interface BearerVerifierOptions {
  readonly tokenKeys: TokenKeys;
  readonly standing: PrincipalStanding;
  readonly loginOrigin: string;
  /** What a token may be for, without a trailing slash; compared without. */
  readonly audiences: readonly string[];
  /** The delegated permission without which a person's token counts for nothing. */
  readonly delegated?: string;
}

/**
 * Verifies access tokens of this control plane's tenants by keys alone (RFC 9068 section 4): RS256 only, a key of
 * the token's own tenant, the issuer of that tenant, one of the audiences. Each token is verified once and then
 * remembered by its SHA-256 until it expires; whether its principal still stands is asked every time.
 */
export const createBearerVerifier = (options: BearerVerifierOptions): BearerVerifier => {
  const verified = createVerifiedTokens(10_000);
  const inForce = async (token: VerifiedToken): Promise<Principal> => {
    const { tenantId, objectId } = token.principal;
    // Gone with its key, when that was revoked.
    if ((await options.tokenKeys.find(tenantId, token.keyId)) === undefined) throw invalid();
    checkStanding(token, await options.standing.find(tenantId, objectId));
    return token.principal;
  };
  return {
    verify: async (text, now) => {
      const digest = createHash('sha256').update(text).digest('base64');
      const remembered = verified.find(digest, now);
      if (remembered !== undefined) return inForce(remembered);
      const { claims, keyId } = await verifiedClaims(options, text, now);
      checkAudience(claims, options.audiences);
      const token = readClaims(claims, keyId);
      if (token === undefined) throw invalid();
      checkDelegated(token.principal, options.delegated);
      verified.remember(digest, token, new Date((claims.exp ?? 0) * 1000));
      return inForce(token);
    },
  };
};

const invalid = (cause?: unknown): ArmError => armError('InvalidAuthenticationToken', {}, { cause });

interface VerifiedClaims {
  readonly claims: JWTPayload;
  readonly keyId: string;
}

const verifiedClaims = async (options: BearerVerifierOptions, token: string, now: Date): Promise<VerifiedClaims> => {
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
  if (issuers.includes(claims.iss ?? '')) return { claims, keyId };
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

/** A program that a person let do something else entirely has no business here (RFC 6750 section 3.1). */
const checkDelegated = ({ scopes }: Principal, delegated: string | undefined): void => {
  if (delegated === undefined || scopes === undefined || scopes.includes(delegated)) return;
  throw armError('InsufficientScope', { scope: delegated });
};
