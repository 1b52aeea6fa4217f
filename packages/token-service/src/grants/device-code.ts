import type { PersonGrant } from '../codes/authorization-code-store.ts';
import type { DeviceCode } from '../device-code/device-code-store.ts';
import { requiredField } from '../dialect/form-fields.ts';
import { resourceOf } from '../dialect/requested-resource.ts';
import { oauthError } from '../oauth-error.ts';
import { beginFamily, issuePersonTokens } from '../people/issue-person-tokens.ts';
import { sha256 } from '../people/random-secret.ts';
import { checkPolicies } from './check-policies.ts';
import type { Grant, GrantRequest, GrantServices } from './grant.ts';
import { proveClient } from './person-client.ts';
import { personOfGrant, tenantOfGrant } from './redeem.ts';

/** A person's token for a device without a browser (RFC 8628 section 3.4). */
export const deviceCode: Grant = {
  name: 'urn:ietf:params:oauth:grant-type:device_code',
  // MSAL for Node and for Go.
  aliases: ['device_code'],
  issue: async (request, services) => {
    request.note.flow = 'deviceCode';
    const grant = await takeGrant(request, services);
    const tenant = await tenantOfGrant(grant, request.authority, {
      directory: services.directory,
      name: 'device_code',
    });
    const { credential } = await proveClient(request, { tenant, redirectKind: 'publicClient' }, services);
    const user = await personOfGrant(grant, request, services);
    const resource = resourceOf(grant.resource, services.origins);
    // The person was judged by their browser's place; the device may be somebody else's, far away.
    await checkPolicies(request, { user, resource, methods: grant.authentication.methods }, services);
    const family = await beginFamily({ grant, redirectKind: 'publicClient' }, services);
    const { endpoint, sender: address } = request;
    return issuePersonTokens(
      { user, grant, resource, credential, endpoint, nonce: undefined, family, address },
      services,
    );
  },
};

/** What the person decided, once: polls that come too soon are told to slow down, and change nothing. */
const takeGrant = async ({ fields, presented }: GrantRequest, services: GrantServices): Promise<PersonGrant> => {
  // MSAL for Python repeats it as `code`.
  const text = fields.get('device_code') ?? requiredField(fields, 'code');
  const now = services.clock.now();
  const poll = await services.deviceCodes.poll(sha256(text), now);
  if (poll.kind === 'unknown') throw oauthError('deviceCodeUnknown', {});
  checkClient(poll.code, presented.appId);
  if (poll.kind === 'redeemed') throw oauthError('deviceCodeUnknown', {});
  if (poll.code.expiresAt <= now) throw oauthError('deviceCodeExpired', {});
  if (poll.kind === 'declined') throw oauthError('authorizationDeclined', {});
  if (poll.kind === 'approved') return poll.grant;
  throw poll.tooSoon ? oauthError('slowDown', {}) : oauthError('authorizationPending', {});
};

const checkClient = (code: DeviceCode, appId: DeviceCode['clientId'] | undefined): void => {
  if (code.clientId !== appId) throw oauthError('grantOfAnotherClient', { name: 'device_code' });
};
