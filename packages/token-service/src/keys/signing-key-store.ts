import type { Uuid } from '@holdfast/kernel';

/** RS256 unless agents alone read the token: ES256 costs a sixteenth. */
export type SigningAlgorithm = 'RS256' | 'ES256';

/** A tenant's token signing key as it is kept. Once published it stays so while tokens it signed may live. */
export interface StoredSigningKey {
  readonly tenantId: Uuid;
  /** RFC 7638 SHA-256 thumbprint of the public key; unique in the tenant. */
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly publicKeySpki: Uint8Array;
  /** PKCS #8, sealed under the label that {@link signingKeyLabel} gives. */
  readonly sealedPrivateKey: Uint8Array;
  /** The newest key whose time has come signs; a later time publishes a key ahead of its use. */
  readonly signsFrom: Date;
  /** When it stops being published; undefined while no other has taken its place. */
  readonly retiresAt: Date | undefined;
  readonly createdAt: Date;
}

export interface SigningKeyStore {
  /** All there are, retired ones too until they are removed. */
  listSigningKeys(tenantId: Uuid): Promise<readonly StoredSigningKey[]>;
  addSigningKey(key: StoredSigningKey): Promise<void>;
  /** Sets when it stops being published; false when there is no such key. */
  retireSigningKey(key: { tenantId: Uuid; kid: string }, retiresAt: Date): Promise<boolean>;
  /** Removes those that retired before; how many. */
  deleteRetired(now: Date): Promise<number>;
  /** Until the transaction ends, nobody else passes this for the tenant: two who rotate at once must not both add a key. */
  lockForRotation(tenantId: Uuid): Promise<void>;
  /** Every tenant, for rotation. */
  listTenantIds(): Promise<readonly Uuid[]>;
}
