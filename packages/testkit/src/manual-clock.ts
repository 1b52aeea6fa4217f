import type { AbortSignalLike, Clock } from '@holdfast/kernel';

/** A clock that stands still until the test moves it. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`, waking sleepers in the order of their times; what they start gets to its next wait in between. */
  advance(ms: number): Promise<void>;
  /** Resolves once at least `count` sleeps are under way. */
  whenSleeping(count?: number): Promise<void>;
  /** How many sleeps are under way; a test that ends with some has a leak. */
  sleepers(): number;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export const createManualClock = (start: Date = new Date('2026-01-01T00:00:00.000Z')): ManualClock => {
  let time = start.getTime();
  const sleeping = new Set<Sleeper>();
  let watchers: { readonly count: number; readonly tell: () => void }[] = [];

  const tellWatchers = () => {
    const ready = watchers.filter(({ count }) => sleeping.size >= count);
    watchers = watchers.filter(({ count }) => sleeping.size < count);
    for (const { tell } of ready) tell();
  };

  const sleep = (ms: number, signal?: AbortSignalLike): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        sleeping.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { until: time + ms, wake };
      signal?.addEventListener('abort', wake, { once: true });
      sleeping.add(sleeper);
      tellWatchers();
    });

  const nextDue = (limit: number): Sleeper | undefined =>
    [...sleeping].filter((each) => each.until <= limit).sort((a, b) => a.until - b.until)[0];

  const advance = async (ms: number): Promise<void> => {
    const target = time + ms;
    await quiet();
    for (let due = nextDue(target); due !== undefined; due = nextDue(target)) {
      time = Math.max(time, due.until);
      due.wake();
      await quiet();
    }
    time = target;
  };

  return {
    now: () => new Date(time),
    sleep,
    advance,
    sleepers: () => sleeping.size,
    whenSleeping: (count = 1) =>
      sleeping.size >= count
        ? Promise.resolve()
        : new Promise((resolve) => {
            watchers.push({ count, tell: resolve });
          }),
  };
};

/** Lets everything run that waits for nothing but its turn. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
