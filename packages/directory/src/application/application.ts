import type { Uuid } from '@holdfast/kernel';
import type { ClientCertificate, ClientSecret, FederatedCredential } from '../credentials/credential.ts';
import type { RedirectUris } from './client.ts';

/** The registration of a program, with its credentials. Its service principal is what holds grants. */
export interface Application {
  /** The object's own id, which is neither its `appId` nor the service principal's id. */
  readonly id: Uuid;
  readonly tenantId: Uuid;
  readonly appId: Uuid;
  readonly displayName: string;
  /** Names by which tokens for it may be asked; unique in the tenant. */
  readonly identifierUris: readonly string[];
  readonly redirectUris: RedirectUris;
  readonly isFallbackPublicClient: boolean;
  /** What else its owner wrote into the registration, kept and given back as it came. */
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly secrets: readonly ClientSecret[];
  readonly certificates: readonly ClientCertificate[];
  readonly federatedCredentials: readonly FederatedCredential[];
  readonly createdAt: Date;
}

/** A program or a machine as a holder of grants in a tenant. */
export interface ServicePrincipal {
  readonly id: Uuid;
  readonly tenantId: Uuid;
  readonly appId: Uuid;
  /** Undefined for a machine's identity. */
  readonly applicationId: Uuid | undefined;
  readonly kind: 'Application' | 'ManagedIdentity';
  readonly displayName: string;
  readonly enabled: boolean;
  /** Its application's identifier URIs. */
  readonly identifierUris: readonly string[];
  readonly permissions: readonly string[];
  readonly tags: readonly string[];
  readonly createdAt: Date;
}
