import type { GrantedToken } from '../grants/grant.ts';
import type { TokenVersion } from '../tokens/issuer-names.ts';

/** The 200 body of a token request: numbers at v2, numeric text and the resource at v1, as Entra has it. */
export const tokenBody = (token: GrantedToken, endpoint: TokenVersion): Readonly<Record<string, unknown>> =>
  endpoint === '2.0'
    ? {
        token_type: 'Bearer',
        expires_in: token.lifetimeSeconds,
        ext_expires_in: token.lifetimeSeconds,
        access_token: token.accessToken,
      }
    : {
        token_type: 'Bearer',
        expires_in: String(token.lifetimeSeconds),
        ext_expires_in: String(token.lifetimeSeconds),
        expires_on: String(token.expiresOn),
        not_before: String(token.notBefore),
        resource: token.audience,
        access_token: token.accessToken,
      };
