import { err, ok, type Result } from '@holdfast/kernel';
import { type OAuthError, oauthError } from '../oauth-error.ts';

/**
 * The reply to MSAL's question whether an authority is to be trusted, asked of us when a network lets us answer for
 * Entra's public name. We vouch for our own host only, with or without the port (MSAL for Python leaves it out).
 */
export const instanceDiscovery = (
  login: string,
  authorizationEndpoint: string,
): Result<Readonly<Record<string, unknown>>, OAuthError> => {
  const { host, hostname } = new URL(login);
  const asked = URL.canParse(authorizationEndpoint) ? new URL(authorizationEndpoint) : undefined;
  const segment = asked?.pathname.split('/').find((part) => part !== '') ?? '';
  if (asked?.protocol !== 'https:' || asked.hostname !== hostname || !/^[\w.-]{1,253}$/.test(segment))
    return err(oauthError('unknownInstance', {}));
  return ok({
    tenant_discovery_endpoint: `${login}/${segment}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [...new Set([host, hostname])] }],
  });
};
