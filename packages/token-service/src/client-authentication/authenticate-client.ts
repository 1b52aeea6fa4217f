import type { Client, Tenant } from '@holdfast/directory';
import { addMs, type Clock, type Uuid } from '@holdfast/kernel';
import type { ClientAssertion } from '../dialect/client-assertion.ts';
import type { CachedDirectory } from '../directory/cached-directory.ts';
import { OAuthError, oauthError } from '../oauth-error.ts';
import type { CredentialKind } from '../tokens/token-issuer.ts';
import type { AssertionReplayGuard, AssertionUse } from './assertion-replay.ts';
import { clockAllowanceMs } from './assertion-times.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import { matchSecret } from './match-secret.ts';
import type { PresentedClient } from './presented-client.ts';
import { verifyAssertion } from './verify-assertion.ts';
import { verifyForeignAssertion } from './verify-foreign-assertion.ts';

export interface ClientAuthentication {
  readonly tenant: Tenant;
  readonly presented: PresentedClient;
  /** The addresses of this token endpoint that an assertion may name as its audience. */
  readonly audiences: readonly string[];
  /** Network address of the sender. */
  readonly sender: string;
}

export interface AuthenticatedClient {
  readonly client: Client;
  readonly credential: Exclude<CredentialKind, 'none'>;
  readonly credentialId: Uuid;
}

export interface ClientAuthenticator {
  /** Throws the `OAuthError` to answer with. */
  authenticate(request: ClientAuthentication): Promise<AuthenticatedClient>;
}

export interface ClientAuthenticatorOptions {
  readonly directory: CachedDirectory;
  readonly replay: AssertionReplayGuard;
  readonly issuerKeys: IssuerKeys;
  readonly clock: Clock;
}

export const createClientAuthenticator = (options: ClientAuthenticatorOptions): ClientAuthenticator => ({
  authenticate: async (request) => {
    const { tenant, presented } = request;
    const { appId } = presented;
    const known = appId && (await options.directory.findClient(tenant.id, appId));
    if (known === undefined || appId === undefined) return refuseUnknown(request, options.clock.now());
    try {
      return await check(options, request, known);
    } catch (error) {
      // The cached client may lack a credential that was added a moment ago.
      const fresh = error instanceof OAuthError && (await options.directory.findClientNow(tenant.id, appId));
      if (!fresh || fresh === known) throw error;
      return check(options, request, fresh);
    }
  },
});

/** Does the work that a wrong secret costs before it says so. */
const refuseUnknown = ({ presented, tenant }: ClientAuthentication, now: Date): never => {
  if (presented.credential.kind === 'secret') matchSecret(presented.credential.secret, [], now);
  // Only a GUID is repeated: what else stands in `client_id` might be a secret in the wrong field.
  throw oauthError('unknownClient', { client: presented.appId ?? '(not a GUID)', tenant: tenant.displayName });
};

const check = async (
  options: ClientAuthenticatorOptions,
  request: ClientAuthentication,
  client: Client,
): Promise<AuthenticatedClient> => {
  const proof = await checkCredential(options, request, client);
  // Said only to who has proven to be the client.
  if (!client.enabled) throw oauthError('clientDisabled', { client: client.appId, name: client.displayName });
  return { client, ...proof };
};

type Proof = Pick<AuthenticatedClient, 'credential' | 'credentialId'>;

const checkCredential = async (
  options: ClientAuthenticatorOptions,
  request: ClientAuthentication,
  client: Client,
): Promise<Proof> => {
  const { credential } = request.presented;
  if (credential.kind === 'none') throw oauthError('missingCredential', {});
  if (credential.kind === 'secret') return checkSecret(credential.secret, client, options.clock.now());
  const proof = await checkAssertion(options, request, { assertion: credential.assertion, client });
  if (!options.replay.claim(useOf(credential.assertion, client, request.sender)))
    throw oauthError('assertionReplayed', {});
  return proof;
};

const checkSecret = (secret: string, client: Client, now: Date): Proof => {
  const match = matchSecret(secret, client.secrets, now);
  if (match.kind === 'expired') throw oauthError('expiredSecret', { client: client.appId });
  if (match.kind === 'none') throw oauthError('wrongSecret', { client: client.appId });
  return { credential: 'secret', credentialId: match.secret.id };
};

const checkAssertion = async (
  { issuerKeys, clock }: ClientAuthenticatorOptions,
  { audiences }: ClientAuthentication,
  presented: { readonly assertion: ClientAssertion; readonly client: Client },
): Promise<Proof> => {
  const now = clock.now();
  if (presented.assertion.speaker === 'issuer') {
    const { id } = await verifyForeignAssertion({ ...presented, issuerKeys, now });
    return { credential: 'federated', credentialId: id };
  }
  const { id } = await verifyAssertion({ ...presented, audiences, now });
  return { credential: 'certificate', credentialId: id };
};

const useOf = (assertion: ClientAssertion, { tenantId, appId }: Client, sender: string): AssertionUse => ({
  // Issuers count their ids on their own.
  client: `${tenantId} ${appId} ${assertion.issuer}`,
  id: assertion.id,
  text: assertion.text,
  sender,
  expiresAt: addMs(new Date(assertion.expiresAt * 1000), clockAllowanceMs),
});
