import { createHash } from 'node:crypto';
import { err, ok, type Result } from '@holdfast/kernel';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import { type OAuthError, oauthError } from '../oauth-error.ts';

/** A client's signed statement about itself (RFC 7523), read but not yet verified. */
export interface ClientAssertion {
  readonly text: string;
  readonly algorithm: AssertionAlgorithm;
  /** How the client names its certificate: thumbprints in unpadded base64url, SHA-1 or SHA-256. */
  readonly thumbprints: readonly string[];
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly id: string | undefined;
  /** Seconds since 1970, possibly with a fraction: MSAL for Python sends those. */
  readonly expiresAt: number;
  readonly notBefore: number | undefined;
  readonly issuedAt: number | undefined;
}

export type AssertionAlgorithm = 'RS256' | 'PS256';
const algorithms: readonly string[] = ['RS256', 'PS256'] satisfies AssertionAlgorithm[];
const isAllowed = (algorithm: unknown): algorithm is AssertionAlgorithm => algorithms.includes(String(algorithm));

const longestAssertion = 32_768;
const longestId = 256;

export const parseClientAssertion = (text: string): Result<ClientAssertion, OAuthError> => {
  const fault = (reason: string, cause?: unknown) => err(oauthError('malformedAssertion', { reason }, { cause }));
  if (text.length > longestAssertion) return fault('it is too long');
  const decoded = decode(text);
  if (!decoded.ok) return fault('it is not a signed JWT', decoded.error);
  const { header, claims } = decoded.value;
  if (!isAllowed(header.alg)) return fault(`its algorithm must be one of ${algorithms.join(', ')}`);
  const { iss, sub, jti, exp, nbf, iat } = claims as Record<string, unknown>;
  if (typeof iss !== 'string' || typeof sub !== 'string') return fault("'iss' and 'sub' must be text");
  if (!isTime(exp)) return fault("'exp' must be a time");
  if (!isTimeOrAbsent(nbf) || !isTimeOrAbsent(iat)) return fault("'nbf' and 'iat' must be times");
  if (jti !== undefined && (typeof jti !== 'string' || jti.length > longestId))
    return fault("'jti' must be short text");
  const times = { expiresAt: exp, notBefore: nbf, issuedAt: iat };
  const audiences = audiencesOf(claims);
  return ok({
    text,
    algorithm: header.alg,
    thumbprints: thumbprintsOf(header),
    issuer: iss,
    subject: sub,
    audiences,
    id: jti,
    ...times,
  });
};

const decode = (text: string): Result<{ header: ProtectedHeaderParameters; claims: JWTPayload }, unknown> => {
  try {
    return ok({ header: decodeProtectedHeader(text), claims: decodeJwt(text) });
  } catch (error) {
    return err(error);
  }
};

const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) < 1e12;
const isTimeOrAbsent = (value: unknown): value is number | undefined => value === undefined || isTime(value);

const audiencesOf = ({ aud }: JWTPayload): readonly string[] => {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return audiences.every((audience) => typeof audience === 'string') ? audiences : [];
};

/**
 * The header only says which registered certificate to look at, in one of four dialects. A certificate in `x5c` counts
 * by its thumbprint; `jku`, `x5u` and `jwk` are never looked at.
 */
const thumbprintsOf = (header: ProtectedHeaderParameters): readonly string[] => {
  const { x5t, kid, x5c } = header;
  const named = [header['x5t#S256'], x5t, kid].filter((value) => typeof value === 'string').map(unpadded);
  const leaf: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  return typeof leaf === 'string' ? [...named, leafThumbprint(leaf)] : named;
};

/** base64url without padding, line breaks and blanks. */
const unpadded = (thumbprint: string): string => thumbprint.replace(/[\s=]/g, '');

/** az breaks the lines of `x5c`; Node's decoder passes over them. */
const leafThumbprint = (base64: string): string =>
  createHash('sha256').update(Buffer.from(base64, 'base64')).digest('base64url');
