import { createSealer } from '@holdfast/sealing';
import { runInTransaction, type Stores } from '@holdfast/store-postgres';
import { createFixtures, createManualClock, createTestDatabase, fixtureTime, seededRandom } from '@holdfast/testkit';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { rotateKeys } from './rotate-keys.ts';

const { db, stores } = await createTestDatabase();
const fixtures = createFixtures('rotate-keys');
const random = seededRandom('rotate-keys');

const needs = {
  stores,
  transaction: <T>(work: (stores: Stores) => Promise<T>) => runInTransaction(db, work),
  sealer: createSealer(random.bytes(32), random),
  clock: createManualClock(fixtureTime),
  log: pino({ level: 'silent' }),
};

test('replicas that start at once give each tenant one key of each algorithm', async () => {
  const tenants = [fixtures.tenant(), fixtures.tenant()];
  for (const tenant of tenants) await stores.directoryWriter.createTenant(tenant);
  await Promise.all([rotateKeys(needs), rotateKeys(needs), rotateKeys(needs)]);
  for (const { id } of tenants) {
    const keys = await stores.signingKeys.listSigningKeys(id);
    expect(keys.map(({ algorithm }) => algorithm).toSorted()).toEqual(['ES256', 'RS256']);
  }
});
