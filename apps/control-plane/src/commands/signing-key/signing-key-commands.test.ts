import { days, minutes } from '@holdfast/kernel';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createTestAdministration } from '../../../test/test-administration.ts';
import { listSigningKeys } from './list-signing-keys.ts';
import { rotateSigningKey } from './rotate-signing-key.ts';

interface Shown {
  readonly kid: string;
  readonly algorithm: string;
  readonly state: string;
}

const administration = await createTestAdministration('signing-key-commands', afterAll);
const { tools, printed, fixtures, inTenant } = administration;

let inFresh: typeof tools;
beforeEach(async () => {
  const tenant = fixtures.tenant();
  await tools.stores.directoryWriter.createTenant(tenant);
  inFresh = { ...inTenant(tenant), clock: tools.clock };
});

const states = (of: readonly Shown[] | undefined, algorithm = 'RS256') =>
  of?.filter((each) => each.algorithm === algorithm).map(({ state }) => state);

const rotate = async (options: Parameters<typeof rotateSigningKey>[1]) => {
  await rotateSigningKey(inFresh, options);
  return printed<Shown[]>()[0];
};

/** The first rotation of a tenant gives it its keys. */
const begin = async () => (await rotate({ now: true, algorithm: 'RS256' }))?.find((each) => each.algorithm === 'RS256');

test('a rotation publishes the next keys, and the old ones sign on', async () => {
  await begin();
  await tools.clock.advance(minutes(1));
  const shown = await rotate({});
  expect(states(shown)).toEqual(['signing', 'next']);
  expect(states(shown, 'ES256')).toEqual(['signing', 'next']);
  await tools.clock.advance(days(1));
  await listSigningKeys(inFresh);
  expect(states(printed<Shown[]>()[0])).toEqual(['old', 'signing']);
});

test('a rotation now signs at once, for the algorithm that is named', async () => {
  await begin();
  await tools.clock.advance(minutes(1));
  const shown = await rotate({ now: true, algorithm: 'RS256' });
  expect(states(shown)).toEqual(['old', 'signing']);
  expect(states(shown, 'ES256')).toEqual(['signing']);
});

test('a revoked key that signs is replaced at once', async () => {
  const first = await begin();
  await tools.clock.advance(minutes(1));
  const shown = await rotate({ revoke: first?.kid ?? '' });
  expect(states(shown)).toEqual(['retired', 'signing']);
  expect(states(shown, 'ES256')).toEqual(['signing']);
});

test('a key of another tenant is not revoked, and nothing else is done', async () => {
  const first = await begin();
  const other = inTenant(fixtures.tenant());
  await expect(rotateSigningKey(other, { revoke: first?.kid ?? '', now: true })).rejects.toThrow(/no key/);
  await listSigningKeys(inFresh);
  expect(states(printed<Shown[]>()[0])).toEqual(['signing']);
});
