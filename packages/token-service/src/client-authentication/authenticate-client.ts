import type { Client, Tenant } from '@holdfast/directory';
import { addMs, type Clock, minutes, type Uuid } from '@holdfast/kernel';
import type { CachedDirectory } from '../directory/cached-directory.ts';
import { OAuthError, oauthError } from '../oauth-error.ts';
import type { CredentialKind } from '../tokens/token-issuer.ts';
import type { AssertionReplayGuard } from './assertion-replay.ts';
import { matchSecret } from './match-secret.ts';
import type { PresentedClient } from './presented-client.ts';
import { verifyAssertion } from './verify-assertion.ts';

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
  readonly credential: CredentialKind;
  readonly credentialId: Uuid;
}

export interface ClientAuthenticator {
  /** Throws the `OAuthError` to answer with. */
  authenticate(request: ClientAuthentication): Promise<AuthenticatedClient>;
}

export interface ClientAuthenticatorOptions {
  readonly directory: CachedDirectory;
  readonly replay: AssertionReplayGuard;
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

const checkCredential = async (
  { replay, clock }: ClientAuthenticatorOptions,
  { presented, audiences, sender }: ClientAuthentication,
  client: Client,
): Promise<{ credential: CredentialKind; credentialId: Uuid }> => {
  const now = clock.now();
  const { credential } = presented;
  if (credential.kind === 'none') throw oauthError('missingCredential', {});
  if (credential.kind === 'secret') {
    const match = matchSecret(credential.secret, client.secrets, now);
    if (match.kind === 'expired') throw oauthError('expiredSecret', { client: client.appId });
    if (match.kind === 'none') throw oauthError('wrongSecret', { client: client.appId });
    return { credential: 'secret', credentialId: match.secret.id };
  }
  const { assertion } = credential;
  const certificate = await verifyAssertion({ assertion, client, audiences, now });
  const expiresAt = addMs(new Date(assertion.expiresAt * 1000), minutes(5));
  const use = {
    client: `${client.tenantId} ${client.appId}`,
    id: assertion.id,
    text: assertion.text,
    sender,
    expiresAt,
  };
  if (!replay.claim(use)) throw oauthError('assertionReplayed', {});
  return { credential: 'certificate', credentialId: certificate.id };
};
