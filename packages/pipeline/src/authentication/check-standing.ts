import { armError } from '@holdfast/arm';
import type { Standing } from '../ports.ts';
import type { VerifiedToken } from './verified-token.ts';

/**
 * Refuses a genuine token that no longer counts: its principal is gone or disabled, it is older than what a person's
 * tokens are valid from, or its program's credential was removed.
 */
export const checkStanding = (token: VerifiedToken, standing: Standing | undefined): void => {
  if (standing === undefined || !standing.enabled) throw armError('PrincipalNotInForce', {});
  const { tokensValidFrom, credentialIds } = standing;
  // A token without a time of issue is not newer than anything.
  const isCurrent = tokensValidFrom === undefined || token.issuedAt >= tokensValidFrom.getTime();
  if (token.principal.kind === 'User' && !isCurrent) throw armError('TokenRevoked', {});
  if (token.credentialId !== undefined && !credentialIds.includes(token.credentialId))
    throw armError('TokenRevoked', {});
};
