import type { Uuid } from '@holdfast/kernel';

/** A tenant's token signing key as it is kept. Once published it stays so while tokens it signed may live. */
export interface StoredSigningKey {
  readonly tenantId: Uuid;
  /** RFC 7638 SHA-256 thumbprint of the public key; unique in the tenant. */
  readonly kid: string;
  readonly algorithm: 'RS256';
  readonly publicKeySpki: Uint8Array;
  /** PKCS #8, sealed under the label that {@link signingKeyLabel} gives. */
  readonly sealedPrivateKey: Uint8Array;
  /** The newest key whose time has come signs; a later time publishes a key ahead of its use. */
  readonly signsFrom: Date;
  readonly createdAt: Date;
}

export interface SigningKeyStore {
  /** Every key to publish. */
  listSigningKeys(tenantId: Uuid): Promise<readonly StoredSigningKey[]>;
  addSigningKey(key: StoredSigningKey): Promise<void>;
}
