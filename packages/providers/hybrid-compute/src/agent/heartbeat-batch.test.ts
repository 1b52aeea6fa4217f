import { createFixtures } from '@holdfast/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Beat, BeatOutcome, HeartbeatStore } from './connected-machine-store.ts';
import { createHeartbeatBatch } from './heartbeat-batch.ts';

const fixtures = createFixtures('heartbeat-batch');
const tenant = fixtures.tenant();
const group = fixtures.group(fixtures.subscription(tenant), 'g');
const machines = Array.from({ length: 6 }, (_, at) => fixtures.machine(group, `m${at}`));
const machine = (at: number) => machines[at % machines.length] ?? fixtures.machine(group, 'x');
const beat = (at: number, counter = 1): Beat => fixtures.beat(machine(at), counter);

const outcomeOf = ({ machineId, counter }: Beat): BeatOutcome => ({
  machineId,
  verdict: 'accepted',
  counter,
  cloneSuspectedSince: undefined,
  factsDigest: undefined,
  machine: machine(0),
});

/** A store whose commits end when the test says so. */
const createHeldStore = () => {
  const commits: { readonly beats: readonly Beat[]; finish(): void; fail(error: Error): void }[] = [];
  const store: HeartbeatStore = {
    record: (beats) =>
      new Promise((resolve, reject) => {
        commits.push({ beats, finish: () => resolve(beats.map(outcomeOf)), fail: reject });
      }),
  };
  return { commits, store };
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('heartbeats share commits', () => {
  test('those that arrive together are committed together', async () => {
    const { commits, store } = createHeldStore();
    const batch = createHeartbeatBatch({ store, silence: 1 });
    const beats = [0, 1, 2].map((at) => beat(at));
    const answers = Promise.all(beats.map(batch.record));
    await turn();
    expect(commits.map(({ beats: each }) => each)).toEqual([beats]);
    commits[0]?.finish();
    expect((await answers).map((outcome) => outcome?.machineId)).toEqual(beats.map(({ machineId }) => machineId));
  });

  test('those that arrive during a commit wait for the next, together; nobody is answered before', async () => {
    const { commits, store } = createHeldStore();
    const batch = createHeartbeatBatch({ store, silence: 1 });
    let answered = 0;
    const record = (each: Beat) => batch.record(each).then(() => (answered += 1));
    const first = record(beat(0));
    await turn();
    const others = Promise.all([1, 2, 3].map((at) => record(beat(at))));
    await turn();
    expect([commits.length, answered]).toEqual([1, 0]);
    commits[0]?.finish();
    await first;
    await turn();
    expect([commits.length, commits[1]?.beats.length, answered]).toEqual([2, 3, 1]);
    commits[1]?.finish();
    await others;
  });

  test('a machine is in a batch once: its next beat goes with the next', async () => {
    const { commits, store } = createHeldStore();
    const batch = createHeartbeatBatch({ store, silence: 1 });
    const answers = Promise.all([beat(0, 1), beat(0, 2), beat(1, 1), beat(0, 3)].map(batch.record));
    for (let at = 0; at < 3; at += 1) {
      await turn();
      commits[at]?.finish();
    }
    expect((await answers).map((outcome) => outcome?.counter)).toEqual([1, 2, 1, 3]);
    expect(commits.map(({ beats }) => beats.map(({ counter }) => counter))).toEqual([[1, 1], [2], [3]]);
  });

  test('whatever arrives, in any order and size: each beat is committed once, a machine’s in their order', async () => {
    const arrivals = fc.array(fc.record({ at: fc.nat(5), pause: fc.boolean() }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 4 }), async (steps, batchSize) => {
        const commits: Beat[][] = [];
        const store: HeartbeatStore = {
          record: async (beats) => {
            commits.push([...beats]);
            await turn();
            return beats.map(outcomeOf);
          },
        };
        const batch = createHeartbeatBatch({ store, silence: 1, batchSize });
        const sent: Beat[] = [];
        const answers: Promise<BeatOutcome | undefined>[] = [];
        for (const { at, pause } of steps) {
          const next = beat(at, sent.length);
          sent.push(next);
          answers.push(batch.record(next));
          if (pause) await turn();
        }
        expect((await Promise.all(answers)).map((outcome) => outcome?.counter)).toEqual(
          sent.map(({ counter }) => counter),
        );
        expect(commits.flat()).toHaveLength(sent.length);
        for (const each of commits) {
          expect(each.length).toBeLessThanOrEqual(batchSize);
          expect(new Set(each.map(({ machineId }) => machineId)).size).toBe(each.length);
        }
        for (const { machineId } of machines) {
          const of = (beats: readonly Beat[]) => beats.filter((each) => each.machineId === machineId);
          expect(of(commits.flat())).toEqual(of(sent));
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('a store that fails', () => {
  test('fails the beats of its batch only; the next batch is tried', async () => {
    const { commits, store } = createHeldStore();
    const batch = createHeartbeatBatch({ store, silence: 1 });
    const lost = [batch.record(beat(0)), batch.record(beat(1))];
    await turn();
    const kept = batch.record(beat(2));
    commits[0]?.fail(new Error('database away'));
    for (const each of lost) await expect(each).rejects.toThrow('database away');
    await turn();
    commits[1]?.finish();
    expect((await kept)?.verdict).toBe('accepted');
    // And the batch still works for whoever comes later.
    const later = batch.record(beat(3));
    await turn();
    commits[2]?.finish();
    expect((await later)?.verdict).toBe('accepted');
  });

  test('that knows no such machine answers nothing for it', async () => {
    const store: HeartbeatStore = { record: async (beats) => beats.slice(1).map(outcomeOf) };
    const batch = createHeartbeatBatch({ store, silence: 1 });
    const [gone, there] = await Promise.all([batch.record(beat(0)), batch.record(beat(1))]);
    expect([gone, there?.verdict]).toEqual([undefined, 'accepted']);
  });
});

test('more beats than the queue holds are told to come back later (429)', async () => {
  const { commits, store } = createHeldStore();
  const batch = createHeartbeatBatch({ store, silence: 1, queueLimit: 2 });
  const first = batch.record(beat(0));
  await turn();
  const waiting = [batch.record(beat(1)), batch.record(beat(2))];
  await expect(batch.record(beat(3))).rejects.toMatchObject({ status: 429 });
  commits[0]?.finish();
  await first;
  await turn();
  commits[1]?.finish();
  expect(await Promise.all(waiting)).toHaveLength(2);
});

test('the store is told how long a silence starts a new connection', async () => {
  const told: number[] = [];
  const store: HeartbeatStore = {
    record: async (beats, silence) => {
      told.push(silence);
      return beats.map(outcomeOf);
    },
  };
  await createHeartbeatBatch({ store, silence: 900_000 }).record(beat(0));
  expect(told).toEqual([900_000]);
});
