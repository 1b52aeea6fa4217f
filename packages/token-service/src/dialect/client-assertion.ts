import { createHash } from 'node:crypto';
import { err, isUuid, ok, type Result } from '@holdfast/kernel';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import { type OAuthError, oauthError } from '../oauth-error.ts';

/** A signed statement about a client (RFC 7523), read but not yet verified. */
export interface ClientAssertion {
  readonly text: string;
  /** The client itself speaks, under its id; or a foreign issuer does, under its address. */
  readonly speaker: 'client' | 'issuer';
  readonly algorithm: string;
  /** `kid` as it came. */
  readonly keyId: string | undefined;
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

/** RFC 7518 section 3.1, as far as only the speaker can sign with it. Clients sign with the RSA keys of certificates. */
const algorithms: Readonly<Record<ClientAssertion['speaker'], readonly string[]>> = {
  client: ['RS256', 'PS256'],
  issuer: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
};

const longestAssertion = 32_768;
const longestId = 256;

export const parseClientAssertion = (text: string): Result<ClientAssertion, OAuthError> => {
  const fault = (reason: string, cause?: unknown) => err(oauthError('malformedAssertion', { reason }, { cause }));
  if (text.length > longestAssertion) return fault('it is too long');
  const decoded = decode(text);
  if (!decoded.ok) return fault('it is not a signed JWT', decoded.error);
  const { header, claims } = decoded.value;
  const { iss, sub, jti, exp, nbf, iat } = claims as Record<string, unknown>;
  if (typeof iss !== 'string' || typeof sub !== 'string') return fault("'iss' and 'sub' must be text");
  const speaker = isUuid(iss) ? 'client' : 'issuer';
  const algorithm = algorithms[speaker].find((each) => each === header.alg);
  if (algorithm === undefined) return fault(`its algorithm must be one of ${algorithms[speaker].join(', ')}`);
  if (!isTime(exp)) return fault("'exp' must be a time");
  if (!isTimeOrAbsent(nbf) || !isTimeOrAbsent(iat)) return fault("'nbf' and 'iat' must be times");
  if (jti !== undefined && (typeof jti !== 'string' || jti.length > longestId))
    return fault("'jti' must be short text");
  const times = { expiresAt: exp, notBefore: nbf, issuedAt: iat };
  const audiences = audiencesOf(claims);
  return ok({
    text,
    speaker,
    algorithm,
    keyId: typeof header.kid === 'string' ? header.kid : undefined,
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
