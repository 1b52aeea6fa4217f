import { newUuid, seconds } from '@holdfast/kernel';
import { createSealer } from '@holdfast/sealing';
import { createManualClock, seededRandom } from '@holdfast/testkit';
import { expect, test } from 'vitest';
import { createTestKeyStore } from '../../test/test-key-store.ts';
import { createKeyRing } from './key-ring.ts';
import { newSigningKey } from './signing-key.ts';
import type { SigningAlgorithm, StoredSigningKey } from './signing-key-store.ts';

const random = seededRandom('key-ring');
const sealer = createSealer(random.bytes(32), random);
const tenantId = newUuid(random);

const setUp = async () => {
  const clock = createManualClock();
  const keys: StoredSigningKey[] = [];
  let looked = 0;
  const store = createTestKeyStore(keys);
  const counting = {
    ...store,
    listSigningKeys: (tenant: typeof tenantId) => {
      looked += 1;
      return store.listSigningKeys(tenant);
    },
  };
  const add = async (algorithm: SigningAlgorithm, inMs = 0) => {
    const now = clock.now();
    const signsFrom = new Date(now.getTime() + inMs);
    const key = await newSigningKey({ tenantId, sealer, now, algorithm, signsFrom });
    await store.addSigningKey(key);
    return key.kid;
  };
  const first = await add('RS256');
  const ring = createKeyRing({ store: counting, sealer, clock });
  return { clock, keys, store, ring, first, add, looked: () => looked };
};

test('the newest key of the algorithm whose time has come signs', async () => {
  const { clock, ring, first, add } = await setUp();
  const elliptic = await add('ES256');
  const next = await add('RS256', seconds(30));
  const signs = async () => (await ring.signingKey(tenantId, 'RS256')).kid;
  expect(await signs()).toBe(first);
  expect((await ring.signingKey(tenantId, 'ES256')).kid).toBe(elliptic);
  await clock.advance(seconds(30));
  expect(await signs()).toBe(next);
});

test('keys of both algorithms are published, also before they sign, and say what they are', async () => {
  const { ring, first, add } = await setUp();
  const elliptic = await add('ES256', seconds(30));
  const { keys } = await ring.jwks(tenantId);
  expect(keys).toMatchObject([
    { kid: elliptic, kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' },
    { kid: first, kty: 'RSA', alg: 'RS256', use: 'sig' },
  ]);
  expect(keys.flatMap((key) => ['d', 'p', 'q', 'dp', 'dq', 'qi'].filter((part) => part in key))).toEqual([]);
});

test('a key is neither used nor published from its retirement on, whenever it was read', async () => {
  const { clock, store, ring, first, add } = await setUp();
  const second = await add('RS256', -1);
  await store.retireSigningKey({ tenantId, kid: first }, new Date(clock.now().getTime() + seconds(10)));
  expect((await ring.signingKey(tenantId, 'RS256')).kid).toBe(first);
  await clock.advance(seconds(10));
  expect((await ring.signingKey(tenantId, 'RS256')).kid).toBe(second);
  expect((await ring.jwks(tenantId)).keys.map(({ kid }) => kid)).toEqual([second]);
  expect(await ring.findPublicKey(tenantId, first)).toBeUndefined();
});

test('a key revoked elsewhere is gone here within a minute', async () => {
  const { clock, store, ring, first, add } = await setUp();
  await add('RS256', -1);
  expect(await ring.findPublicKey(tenantId, first)).toBeDefined();
  await store.retireSigningKey({ tenantId, kid: first }, clock.now());
  await clock.advance(seconds(60) + 1);
  expect(await ring.findPublicKey(tenantId, first)).toBeUndefined();
});

test('an unknown key id makes it look again, at most once a second', async () => {
  const { clock, ring, first, add, looked } = await setUp();
  expect(await ring.findPublicKey(tenantId, first)).toBeDefined();
  await clock.advance(seconds(1) + 1);
  const made = await add('RS256');
  expect(await ring.findPublicKey(tenantId, made)).toBeDefined();
  expect(looked()).toBe(2);
  for (let i = 0; i < 100; i += 1) expect(await ring.findPublicKey(tenantId, `made up ${i}`)).toBeUndefined();
  expect(looked()).toBe(2);
  await clock.advance(seconds(1) + 1);
  await Promise.all(Array.from({ length: 100 }, (_, i) => ring.findPublicKey(tenantId, `made up ${i}`)));
  expect(looked()).toBe(3);
});

test('a tenant without keys has none, and nothing signs for it', async () => {
  const { ring } = await setUp();
  const other = newUuid(random);
  expect(await ring.findPublicKey(other, 'a')).toBeUndefined();
  await expect(ring.jwks(other)).rejects.toThrow(/no signing key/);
  await expect(ring.signingKey(other, 'RS256')).rejects.toThrow(/may sign now/);
});

test('opens with its own master key only, and is published all the same', async () => {
  const { store, clock } = await setUp();
  const ring = createKeyRing({ store, sealer: createSealer(random.bytes(32), random), clock });
  await expect(ring.signingKey(tenantId, 'RS256')).rejects.toThrow(/another master key/);
  expect((await ring.jwks(tenantId)).keys).toHaveLength(1);
});

test("does not open a key that was put into another tenant's row", async () => {
  const { keys, ring } = await setUp();
  const other = newUuid(random);
  keys.push(...keys.map((key) => ({ ...key, tenantId: other })));
  await expect(ring.signingKey(other, 'RS256')).rejects.toThrow(/cannot be opened/);
});

test('asks the store once for concurrent callers, and again after a failure', async () => {
  const { store, clock } = await setUp();
  let asked = 0;
  const failing = {
    ...store,
    listSigningKeys: async () => {
      asked += 1;
      if (asked === 1) throw new Error('not now');
      return [];
    },
  };
  const ring = createKeyRing({ store: failing, sealer, clock });
  const answers = await Promise.allSettled([ring.jwks(tenantId), ring.jwks(tenantId)]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(asked).toBe(1);
  await expect(ring.jwks(tenantId)).rejects.toThrow();
  expect(asked).toBe(2);
});
