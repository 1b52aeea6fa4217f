import type { Uuid } from '@holdfast/kernel';
import type { ClientCertificate, ClientSecret, FederatedCredential } from '../credentials/credential.ts';

/** A program that asks for tokens: an application together with its service principal in one tenant. */
export interface Client {
  readonly tenantId: Uuid;
  /** The application's id: `client_id` on the wire, `appid` or `azp` in tokens. */
  readonly appId: Uuid;
  /** The service principal's id: `oid` and `sub` in tokens, the principal of role assignments. */
  readonly objectId: Uuid;
  readonly displayName: string;
  readonly enabled: boolean;
  readonly kind: 'Application' | 'ManagedIdentity';
  readonly secrets: readonly ClientSecret[];
  readonly certificates: readonly ClientCertificate[];
  readonly federatedCredentials: readonly FederatedCredential[];
  readonly redirectUris: RedirectUris;
  /** Whether it may ask for a person's token without proving itself where no redirect URI says what it is: device code. */
  readonly isFallbackPublicClient: boolean;
  /** Application permissions on the directory's API, carried as `roles` in tokens for that audience only. */
  readonly roles: readonly string[];
}

/** Where a code may be sent, by what waits there. */
export interface RedirectUris {
  /** Programs on servers, which prove themselves with a credential. */
  readonly web: readonly string[];
  /** Scripts in a browser: no credential, PKCE, and tokens to their own origin only. */
  readonly spa: readonly string[];
  /** Programs on a person's computer: no credential, PKCE. */
  readonly publicClient: readonly string[];
}

export const noRedirectUris: RedirectUris = { web: [], spa: [], publicClient: [] };
