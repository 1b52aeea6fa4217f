import { days, newUuid } from '@holdfast/kernel';
import { createSealer } from '@holdfast/sealing';
import { createManualClock, seededRandom } from '@holdfast/testkit';
import { expect, test } from 'vitest';
import { createTestKeyStore } from '../../test/test-key-store.ts';
import { rotateSigningKeys } from './rotate-signing-keys.ts';
import { openSigningKey } from './signing-key.ts';
import type { StoredSigningKey } from './signing-key-store.ts';

const random = seededRandom('rotation');
const sealer = createSealer(random.bytes(32), random);
const tenantId = newUuid(random);

/** A store whose lock is held until the work given to it has ended, as a transaction holds it. */
const setUp = () => {
  const clock = createManualClock();
  const keys: StoredSigningKey[] = [];
  let last = Promise.resolve<unknown>(undefined);
  const rotate = (wanted?: Parameters<typeof rotateSigningKeys>[0]['wanted']) => {
    const before = last;
    const store = { ...createTestKeyStore(keys), lockForRotation: async () => void (await before) };
    const done = rotateSigningKeys({ store, sealer, clock, tenantId, ...(wanted && { wanted }) });
    last = done;
    return done;
  };
  return { clock, keys, rotate };
};

test('replicas that rotate at once make one key of each algorithm', async () => {
  const { keys, rotate } = setUp();
  const changes = await Promise.all([rotate(), rotate(), rotate()]);
  expect(keys.map(({ algorithm }) => algorithm)).toEqual(['RS256', 'ES256']);
  expect(changes.map(({ length }) => length)).toEqual([2, 0, 0]);
});

test('the keys it makes open, and sign by their algorithm', async () => {
  const { keys, rotate } = setUp();
  await rotate();
  expect(keys.map((key) => openSigningKey(key, sealer).privateKey.asymmetricKeyType)).toEqual(['rsa', 'ec']);
});

test('a rotation adds and retires what was planned', async () => {
  const { clock, keys, rotate } = setUp();
  await rotate();
  await clock.advance(days(89));
  await rotate();
  expect(keys.map(({ algorithm, retiresAt }) => [algorithm, retiresAt !== undefined])).toEqual([
    ['RS256', true],
    ['ES256', true],
    ['RS256', false],
    ['ES256', false],
  ]);
});

test('a key wanted at once signs at once', async () => {
  const { clock, keys, rotate } = setUp();
  await rotate();
  await clock.advance(days(1));
  await rotate({ algorithms: ['RS256'], atOnce: true });
  expect(keys.filter(({ signsFrom }) => signsFrom.getTime() === clock.now().getTime())).toHaveLength(1);
});
