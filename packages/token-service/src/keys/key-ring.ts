import { type Clock, createTimedCache, parseUuid, seconds, type Uuid } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';
import { exportJWK, type JWK } from 'jose';
import { openSigningKey, publicKeyOf, type SigningKey } from './signing-key.ts';
import type { SigningKeyStore, StoredSigningKey } from './signing-key-store.ts';

export interface KeyRing {
  /** The key that signs now. */
  signingKey(tenantId: Uuid): Promise<SigningKey>;
  /** Every published key (RFC 7517). */
  jwks(tenantId: Uuid): Promise<{ readonly keys: readonly JWK[] }>;
}

export interface KeyRingOptions {
  readonly store: SigningKeyStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

/** How long keys are used without looking again; a key added elsewhere is published here within this time. */
const refreshMs = seconds(60);

interface Ring {
  /** By the time they begin to sign, newest first. */
  readonly keys: readonly { readonly stored: StoredSigningKey; readonly open: () => SigningKey }[];
  readonly jwks: { readonly keys: readonly JWK[] };
}

export const createKeyRing = ({ store, sealer, clock }: KeyRingOptions): KeyRing => {
  const rings = createTimedCache({ clock, capacity: 1_000, load: (tenantId) => loadRing(store, sealer, tenantId) });
  const ringOf = async (tenantId: Uuid): Promise<Ring> => {
    const ring = await rings.get(tenantId, refreshMs);
    if (ring === undefined) throw new Error(`tenant ${tenantId} has no signing key`);
    return ring;
  };
  return {
    signingKey: async (tenantId) => {
      const { keys } = await ringOf(tenantId);
      const now = clock.now();
      const current = keys.find((key) => key.stored.signsFrom <= now);
      if (current === undefined) throw new Error(`no signing key of tenant ${tenantId} may sign yet`);
      return current.open();
    },
    jwks: async (tenantId) => (await ringOf(tenantId)).jwks,
  };
};

const loadRing = async (store: SigningKeyStore, sealer: Sealer, tenantId: string): Promise<Ring | undefined> => {
  const id = parseUuid(tenantId);
  const stored = id.ok ? await store.listSigningKeys(id.value) : [];
  if (stored.length === 0) return undefined;
  const newestFirst = stored.toSorted((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime());
  return {
    keys: newestFirst.map((key) => ({ stored: key, open: once(() => openSigningKey(key, sealer)) })),
    jwks: { keys: await Promise.all(newestFirst.map(publicJwk)) },
  };
};

const publicJwk = async (key: StoredSigningKey): Promise<JWK> => ({
  ...(await exportJWK(publicKeyOf(key))),
  kid: key.kid,
  use: 'sig',
  alg: key.algorithm,
});

/** Only the key that signs is ever opened. */
const once = <Value>(make: () => Value): (() => Value) => {
  let value: Value | undefined;
  return () => {
    value ??= make();
    return value;
  };
};
