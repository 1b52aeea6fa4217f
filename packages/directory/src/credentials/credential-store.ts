import type { Uuid } from '@holdfast/kernel';
import type { ClientCertificate, ClientSecret, FederatedCredential } from './credential.ts';

/** Where a credential belongs. */
export interface CredentialPlace {
  readonly tenantId: Uuid;
  readonly applicationId: Uuid;
}

/** A credential removed here is refused everywhere within the minute, and so are tokens it obtained. */
export interface CredentialStore {
  addSecret(place: CredentialPlace, secret: ClientSecret): Promise<void>;
  addCertificate(place: CredentialPlace, certificate: ClientCertificate): Promise<void>;
  /** A secret or a certificate; false when there was none. */
  remove(place: CredentialPlace, credentialId: Uuid): Promise<boolean>;
  /** False when the name is taken. */
  addFederated(place: CredentialPlace, credential: FederatedCredential): Promise<boolean>;
  updateFederated(place: CredentialPlace, credential: FederatedCredential): Promise<boolean>;
  removeFederated(place: CredentialPlace, credentialId: Uuid): Promise<boolean>;
  /** Every credential that ends before `until`, of all tenants, with its application, soonest first. */
  listEnding(until: Date): Promise<readonly EndingCredential[]>;
}

export interface EndingCredential {
  readonly tenantId: Uuid;
  readonly appId: Uuid;
  readonly displayName: string;
  readonly credentialId: Uuid;
  readonly kind: 'secret' | 'certificate';
  readonly endsAt: Date;
}
