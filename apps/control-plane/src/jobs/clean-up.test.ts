import { days } from '@holdfast/kernel';
import { createManualClock } from '@holdfast/testkit';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { type CleanUpNeeds, cleanUp } from './clean-up.ts';

const now = new Date('2026-06-01T00:00:00.000Z');

const storesThat = (remove: (what: string, before: Date) => Promise<number>) =>
  new Proxy(
    {},
    { get: (_, store) => new Proxy({}, { get: () => (at: Date) => remove(String(store), at) }) },
  ) as CleanUpNeeds['stores'];

const needs = { clock: createManualClock(now), log: pino({ level: 'silent' }), signInRetention: days(90) };

test('what has ended goes a day later, a retired key at once, sign-ins after the retention', async () => {
  const removed: Record<string, string> = {};
  const stores = storesThat(async (what, before) => {
    removed[what] = before.toISOString().slice(0, 10);
    return 1;
  });
  await cleanUp({ ...needs, stores });
  const ended = '2026-05-31';
  expect(removed).toEqual({
    authorizationCodes: ended,
    deviceCodes: ended,
    refreshTokens: ended,
    sessions: ended,
    guesses: ended,
    signingKeys: '2026-06-01',
    signIns: '2026-03-03',
  });
});

test('one that fails does not keep the others', async () => {
  const tried: string[] = [];
  const stores = storesThat(async (what) => {
    tried.push(what);
    throw new Error('away');
  });
  await cleanUp({ ...needs, stores });
  expect(tried).toHaveLength(7);
});
