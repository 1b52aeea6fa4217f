import { agentError } from '../agent-error.ts';
import { memberOf, textOf } from './wire.ts';

/** What can be read of a token without its issuer's key; the control plane checks the rest. */
export interface AccessTokenClaims {
  readonly tenantId: string | undefined;
}

/** @throws AZCM0012 for what is not a JWT, or one that has expired by `now` */
export const readAccessToken = (token: string, now: Date): AccessTokenClaims => {
  const claims = claimsOf(token);
  const expiry = memberOf(claims, 'exp');
  if (typeof expiry !== 'number') throw agentError('AZCM0012', 'it is not an access token of the control plane');
  if (expiry * 1000 <= now.getTime())
    throw agentError('AZCM0012', `it expired at ${new Date(expiry * 1000).toISOString()}`);
  return { tenantId: textOf(claims, 'tid') };
};

const claimsOf = (token: string): unknown => {
  const [, payload, , extra] = token.split('.');
  if (payload === undefined || extra !== undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};
