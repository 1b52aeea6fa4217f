import { setImmediate } from 'node:timers/promises';
import { addMs, type Clock, latest } from '@holdfast/kernel';

export interface ManualClock extends Clock {
  /**
   * Moves time on and wakes who is due on the way. Before each step `idle` is awaited: calls over real sockets take
   * real time, in which this clock stands still.
   */
  advance(ms: number, idle?: () => Promise<void>): Promise<void>;
  /** What the present sleepers asked for, in milliseconds, shortest first. */
  sleeping(): number[];
}

interface Sleeper {
  readonly ms: number;
  readonly due: Date;
  readonly wake: () => void;
}

export const createManualClock = (start: Date): ManualClock => {
  let now = start;
  const sleepers = new Set<Sleeper>();
  const nextDue = (until: Date): Sleeper | undefined =>
    [...sleepers].filter(({ due }) => due <= until).sort((a, b) => a.due.getTime() - b.due.getTime())[0];
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { ms, due: addMs(now, ms), wake: () => wake() };
        const wake = (): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake, { once: true });
      }),
    advance: async (ms, idle = setImmediate) => {
      const until = addMs(now, ms);
      await idle();
      for (let sleeper = nextDue(until); sleeper !== undefined; sleeper = nextDue(until)) {
        now = latest(sleeper.due, now);
        sleeper.wake();
        await idle();
      }
      now = until;
    },
    sleeping: () => [...sleepers].map(({ ms }) => ms).sort((a, b) => a - b),
  };
};
