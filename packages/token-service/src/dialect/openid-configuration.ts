import { grants } from '../grants/grants.ts';
import { issuerOf, type TokenVersion } from '../tokens/issuer-names.ts';
import { addressesOf } from './addresses.ts';
import { type Authority, adfsAlias } from './authority.ts';

/**
 * OpenID Connect Discovery 1.0 metadata. The grants follow the table of grants.
 */
export const openidConfiguration = (
  { login, graph }: { readonly login: string; readonly graph: string },
  authority: Authority,
  version: TokenVersion,
): Readonly<Record<string, unknown>> => {
  // Clients with an authority `/adfs` know the document without version only, and speak v2 all the same.
  const spoken = authority.segment === adfsAlias ? '2.0' : version;
  const tenant = authority.kind === 'tenant' ? authority.tenant.id : undefined;
  const addresses = addressesOf(login, tenant ?? authority.segment, spoken);
  return {
    issuer: issuerOf(login, tenant ?? '{tenantid}', spoken),
    authorization_endpoint: addresses.authorize,
    token_endpoint: addresses.token,
    device_authorization_endpoint: addresses.deviceCode,
    end_session_endpoint: addresses.logout,
    userinfo_endpoint: `${graph}/oidc/userinfo`,
    jwks_uri: addresses.keys,
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: grants.map((grant) => grant.name),
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic', 'none'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    claims_supported: [
      ...['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'auth_time', 'nonce', 'oid', 'tid', 'ver', 'uti', 'sid', 'amr'],
      ...['name', 'preferred_username', 'given_name', 'family_name', 'email'],
    ],
  };
};
