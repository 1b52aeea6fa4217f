import type { IdTokenRequest, UserTokenRequest } from './token-issuer.ts';

/** What an access token says of the person and of what the program may do, in Entra's claim names. */
export const userTokenClaims = (request: UserTokenRequest): Readonly<Record<string, unknown>> => {
  const { user, version, scopes, sid, authentication, address } = request;
  const name = user.userPrincipalName;
  return {
    idtyp: 'user',
    scp: scopes.join(' '),
    acr: '1',
    amr: authentication.methods,
    auth_time: Math.floor(authentication.at.getTime() / 1000),
    ipaddr: address,
    name: user.displayName,
    ...(version === '1.0' ? { upn: name, unique_name: name } : { preferred_username: name }),
    ...given(user.profile.givenName, 'given_name'),
    ...given(user.profile.surname, 'family_name'),
    sid,
  };
};

/** What the program itself learns; `tid`, `oid`, `sub` and the times are added by the issuer. */
export const idTokenClaims = (request: IdTokenRequest): Readonly<Record<string, unknown>> => {
  const { user, nonce, sid, authentication } = request;
  return {
    name: user.displayName,
    preferred_username: user.userPrincipalName,
    upn: user.userPrincipalName,
    ...given(user.profile.mail, 'email'),
    ...given(user.profile.givenName, 'given_name'),
    ...given(user.profile.surname, 'family_name'),
    amr: authentication.methods,
    auth_time: Math.floor(authentication.at.getTime() / 1000),
    sid,
    ...given(nonce, 'nonce'),
  };
};

const given = (value: string | undefined, claim: string): Readonly<Record<string, string>> =>
  value === undefined ? {} : { [claim]: value };
