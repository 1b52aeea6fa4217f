import { unwrap } from '@holdfast/kernel';
import { parsePresentedClient } from './client-authentication/presented-client.ts';
import { assertionAudiences } from './dialect/assertion-audiences.ts';
import { findAuthority } from './dialect/authority.ts';
import { parseForm, requiredField } from './dialect/form-fields.ts';
import { tokenBody } from './dialect/token-body.ts';
import type { CachedDirectory } from './directory/cached-directory.ts';
import type { Grant, GrantServices } from './grants/grant.ts';
import { findGrant } from './grants/grants.ts';
import { oauthError } from './oauth-error.ts';
import type { TokenVersion } from './tokens/issuer-names.ts';

export interface TokenRequest {
  /** The first path segment. */
  readonly segment: string;
  readonly endpoint: TokenVersion;
  /** The form as it was sent. */
  readonly body: string;
  readonly authorization: string | undefined;
  /** Network address of the sender. */
  readonly sender: string;
}

export interface TokenEndpointServices extends GrantServices {
  readonly directory: CachedDirectory;
  /** The authority's origin, without a trailing slash. */
  readonly loginOrigin: string;
}

/** The 200 body for a token request; every refusal is a thrown `OAuthError`. The order decides which refusal wins. */
export const answerTokenRequest = async (
  request: TokenRequest,
  services: TokenEndpointServices,
): Promise<Readonly<Record<string, unknown>>> => {
  const fields = unwrap(parseForm(request.body));
  const grant = supportedGrant(requiredField(fields, 'grant_type'));
  const authority = await findAuthority(services.directory, request.segment);
  const presented = unwrap(parsePresentedClient(fields, request.authorization));
  const audiences = assertionAudiences(services.loginOrigin, authority);
  const { endpoint, sender } = request;
  const token = await grant.issue({ authority, endpoint, fields, presented, audiences, sender }, services);
  return tokenBody(token, endpoint);
};

const supportedGrant = (grantType: string): Grant => {
  const grant = findGrant(grantType);
  if (grant === undefined) throw oauthError('unsupportedGrant', { grant: grantType });
  return grant;
};
