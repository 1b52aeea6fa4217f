import type { GrantedToken } from '../grants/grant.ts';
import type { TokenVersion } from '../tokens/issuer-names.ts';

/** The 200 body of a token request: numbers at v2, numeric text and the resource at v1, as Entra has it. */
export const tokenBody = (token: GrantedToken, endpoint: TokenVersion): Readonly<Record<string, unknown>> =>
  endpoint === '2.0'
    ? {
        token_type: 'Bearer',
        ...(token.person && { scope: token.person.scope }),
        expires_in: token.lifetimeSeconds,
        ext_expires_in: token.lifetimeSeconds,
        access_token: token.accessToken,
        ...personMembers(token),
      }
    : {
        token_type: 'Bearer',
        expires_in: String(token.lifetimeSeconds),
        ext_expires_in: String(token.lifetimeSeconds),
        expires_on: String(token.expiresOn),
        not_before: String(token.notBefore),
        resource: token.audience,
        access_token: token.accessToken,
        ...(token.person && { scope: token.person.scope }),
        ...personMembers(token),
      };

const personMembers = ({ person }: GrantedToken): Readonly<Record<string, unknown>> =>
  person === undefined
    ? {}
    : {
        ...(person.refreshToken !== undefined && { refresh_token: person.refreshToken }),
        id_token: person.idToken,
        client_info: person.clientInfo,
      };
