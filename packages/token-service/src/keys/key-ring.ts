import type { KeyObject } from 'node:crypto';
import { type Clock, createTimedCache, parseUuid, seconds, type Uuid } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';
import { exportJWK, type JWK } from 'jose';
import { isRetired } from './plan-rotation.ts';
import { openSigningKey, publicKeyOf, type SigningKey } from './signing-key.ts';
import type { SigningAlgorithm, SigningKeyStore, StoredSigningKey } from './signing-key-store.ts';

export interface KeyRing {
  /** The key that signs now by the algorithm. */
  signingKey(tenantId: Uuid, algorithm: SigningAlgorithm): Promise<SigningKey>;
  /** Every published key (RFC 7517). */
  jwks(tenantId: Uuid): Promise<{ readonly keys: readonly JWK[] }>;
  /** A published key by its id. Looks again for one it does not know, for it may have been made a moment ago. */
  findPublicKey(tenantId: Uuid, kid: string): Promise<KeyObject | undefined>;
}

export interface KeyRingOptions {
  readonly store: SigningKeyStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

/** How long keys are used without looking again; a key added or revoked elsewhere is so here within this time. */
const refreshMs = seconds(60);
/** Whoever makes up key ids causes one look a second. */
const searchMs = seconds(1);

interface HeldKey {
  readonly stored: StoredSigningKey;
  readonly open: () => SigningKey;
  readonly publicKey: KeyObject;
  readonly jwk: JWK;
}

/** By the time they begin to sign, newest first. */
type Ring = readonly HeldKey[];

export const createKeyRing = ({ store, sealer, clock }: KeyRingOptions): KeyRing => {
  const rings = createTimedCache({ clock, capacity: 1_000, load: (tenantId) => loadRing(store, sealer, tenantId) });
  const published = async (tenantId: Uuid, maxAge: number): Promise<Ring> => {
    const now = clock.now();
    return ((await rings.get(tenantId, maxAge)) ?? []).filter(({ stored }) => !isRetired(stored, now));
  };
  return {
    signingKey: async (tenantId, algorithm) => {
      const now = clock.now();
      const keys = await published(tenantId, refreshMs);
      const current = keys.find(({ stored }) => stored.algorithm === algorithm && stored.signsFrom <= now);
      if (current === undefined) throw new Error(`no ${algorithm} key of tenant ${tenantId} may sign now`);
      return current.open();
    },
    jwks: async (tenantId) => {
      const keys = await published(tenantId, refreshMs);
      if (keys.length === 0) throw new Error(`tenant ${tenantId} has no signing key`);
      return { keys: keys.map(({ jwk }) => jwk) };
    },
    findPublicKey: async (tenantId, kid) => {
      const isIt = ({ stored }: HeldKey) => stored.kid === kid;
      const keys = await published(tenantId, refreshMs);
      if (keys.length === 0) return undefined;
      return (keys.find(isIt) ?? (await published(tenantId, searchMs)).find(isIt))?.publicKey;
    },
  };
};

const loadRing = async (store: SigningKeyStore, sealer: Sealer, tenantId: string): Promise<Ring | undefined> => {
  const id = parseUuid(tenantId);
  const stored = id.ok ? await store.listSigningKeys(id.value) : [];
  if (stored.length === 0) return undefined;
  const newestFirst = stored.toSorted((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime());
  return Promise.all(newestFirst.map((key) => hold(key, sealer)));
};

const hold = async (stored: StoredSigningKey, sealer: Sealer): Promise<HeldKey> => {
  const publicKey = publicKeyOf(stored);
  const jwk = { ...(await exportJWK(publicKey)), kid: stored.kid, use: 'sig', alg: stored.algorithm };
  return { stored, open: once(() => openSigningKey(stored, sealer)), publicKey, jwk };
};

/** Only the keys that sign are ever opened. */
const once = <Value>(make: () => Value): (() => Value) => {
  let value: Value | undefined;
  return () => {
    value ??= make();
    return value;
  };
};
