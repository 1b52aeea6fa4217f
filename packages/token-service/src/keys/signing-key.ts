import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Uuid } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import type { SigningAlgorithm, StoredSigningKey } from './signing-key-store.ts';

/** A signing key as it is used. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly privateKey: KeyObject;
}

/** What a tenant's private key is sealed under, so that it opens in its own row only. */
export const signingKeyLabel = (tenantId: Uuid, kid: string): string => `signing-key:${tenantId}:${kid}`;

export interface NewSigningKey {
  readonly tenantId: Uuid;
  readonly sealer: Sealer;
  readonly now: Date;
  readonly algorithm?: SigningAlgorithm;
  /** When it begins to sign; `now` unless it is published ahead. */
  readonly signsFrom?: Date;
}

/** A new key, to be stored; for RS256 unless another algorithm is asked for. Off the event loop, for it takes its time. */
export const newSigningKey = async (options: NewSigningKey): Promise<StoredSigningKey> => {
  const algorithm = options.algorithm ?? 'RS256';
  const { publicKey, privateKey } = await newKeyPair[algorithm]();
  const kid = await calculateJwkThumbprint(await exportJWK(publicKey));
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  return {
    tenantId: options.tenantId,
    kid,
    algorithm,
    publicKeySpki: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' })),
    sealedPrivateKey: options.sealer.seal(pkcs8, signingKeyLabel(options.tenantId, kid)),
    signsFrom: options.signsFrom ?? options.now,
    retiresAt: undefined,
    createdAt: options.now,
  };
};

const generate = promisify(generateKeyPair);

const newKeyPair = {
  RS256: () => generate('rsa', { modulusLength: 2048 }),
  ES256: () => generate('ec', { namedCurve: 'P-256' }),
} as const;

/** Throws when the master key is not the one the key was sealed with. */
export const openSigningKey = (stored: StoredSigningKey, sealer: Sealer): SigningKey => {
  const pkcs8 = sealer.open(stored.sealedPrivateKey, signingKeyLabel(stored.tenantId, stored.kid));
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return { kid: stored.kid, algorithm: stored.algorithm, privateKey };
};

export const publicKeyOf = (stored: StoredSigningKey): KeyObject =>
  createPublicKey({ key: Buffer.from(stored.publicKeySpki), format: 'der', type: 'spki' });
