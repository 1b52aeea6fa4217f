import type { IdentityProvider } from '@holdfast/directory';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { oauthError } from '../oauth-error.ts';

/** What OpenID Connect and RFC 6749 let a provider answer. Anything else in the address may be a stranger's words. */
const knownErrors: ReadonlySet<string> = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'invalid_request',
  'invalid_scope',
  'login_required',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_response_type',
]);

const unreachableCodes: ReadonlySet<string> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
]);

/**
 * Work with a provider; whatever openid-client throws becomes a refusal. Only a closed choice of words reaches the person,
 * the cause goes to the log.
 */
export const orProviderFailure = async <Value>(
  { displayName }: IdentityProvider,
  work: () => Promise<Value>,
): Promise<Value> => {
  try {
    return await work();
  } catch (cause) {
    if (isUnreachable(cause)) throw oauthError('providerUnreachable', { provider: displayName }, { cause });
    throw oauthError('providerRefused', { provider: displayName, reason: reasonOf(cause) }, { cause });
  }
};

/** Node's `fetch` throws a `TypeError` for whatever keeps an answer from coming. */
const isUnreachable = (cause: unknown): boolean =>
  cause instanceof TypeError || (cause instanceof ClientError && unreachableCodes.has(cause.code ?? ''));

const reasonOf = (cause: unknown): string => {
  if (cause instanceof AuthorizationResponseError)
    return knownErrors.has(cause.error) ? `It answered ${cause.error}.` : 'It answered with an error.';
  if (cause instanceof ResponseBodyError) return 'It does not accept the sign-in, or our credentials there.';
  return 'Its answer does not belong to this sign-in, or cannot be trusted.';
};
