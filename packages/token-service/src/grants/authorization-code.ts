import { timingSafeEqual } from 'node:crypto';
import type { AuthorizationCode } from '../codes/authorization-code-store.ts';
import { requiredField } from '../dialect/form-fields.ts';
import { resourceOf } from '../dialect/requested-resource.ts';
import { oauthError } from '../oauth-error.ts';
import { beginFamily, issuePersonTokens } from '../people/issue-person-tokens.ts';
import { sha256 } from '../people/random-secret.ts';
import { checkOrigin } from './check-origin.ts';
import type { Grant, GrantRequest, GrantServices } from './grant.ts';
import { proveClient } from './person-client.ts';
import { personOfGrant, tenantOfGrant } from './redeem.ts';

/** A person's token for the code that came through the browser (RFC 6749 section 4.1.3). */
export const authorizationCode: Grant = {
  name: 'authorization_code',
  aliases: [],
  issue: async (request, services) => {
    request.note.flow = 'browser';
    request.note.continued = true;
    const code = await claimCode(request, services);
    const { grant, redirectKind } = code;
    const tenant = await tenantOfGrant(grant, request.authority, { directory: services.directory, name: 'code' });
    const { app, credential } = await proveClient(request, { tenant, redirectKind }, services);
    checkOrigin(request.origin, { redirectKind, redirectUris: app.redirectUris });
    checkVerifier(code, request);
    const user = await personOfGrant(grant, request, services);
    const family = await beginFamily({ id: code.familyId, grant, redirectKind }, services);
    const { endpoint, sender: address } = request;
    const resource = resourceOf(grant.resource, services.origins);
    return issuePersonTokens(
      { user, grant, resource, credential, endpoint, nonce: code.nonce, family, address },
      services,
    );
  },
};

/**
 * Takes the code, whatever is wrong with the rest: one attempt uses it up. A second presentation may be a thief's, or the
 * first was: the tokens that the first one got are revoked (RFC 6749 section 4.1.2).
 */
const claimCode = async ({ fields, presented }: GrantRequest, services: GrantServices): Promise<AuthorizationCode> => {
  const { authorizationCodes, refreshTokens, clock } = services;
  const now = clock.now();
  const found = await authorizationCodes.claim(sha256(requiredField(fields, 'code')), now);
  if (found === undefined) throw oauthError('grantUnknown', { name: 'code' });
  const { code, first } = found;
  if (code.grant.clientId !== presented.appId) throw oauthError('grantOfAnotherClient', { name: 'code' });
  if (!first) {
    await refreshTokens.revokeFamily(code.familyId, now);
    throw oauthError('codeRedeemed', {});
  }
  if (code.expiresAt <= now) throw oauthError('grantExpired', {});
  if (fields.get('redirect_uri') !== code.redirectUri) throw oauthError('redirectMismatch', {});
  return code;
};

/** PKCE (RFC 7636 section 4.6); a verifier without a challenge is refused too: somebody took the challenge away (RFC 9700 section 2.1.1). */
const checkVerifier = ({ codeChallenge }: AuthorizationCode, { fields }: GrantRequest): void => {
  const verifier = fields.get('code_verifier');
  if (codeChallenge === undefined && verifier === undefined) return;
  if (codeChallenge === undefined || verifier === undefined || !/^[\w.~-]{43,128}$/.test(verifier))
    throw oauthError('verifierMismatch', {});
  const challenge = Buffer.from(sha256(verifier)).toString('base64url');
  if (!timingSafeEqual(Buffer.from(challenge), Buffer.from(codeChallenge))) throw oauthError('verifierMismatch', {});
};
