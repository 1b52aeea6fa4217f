import { setImmediate } from 'node:timers/promises';
import { addMs, type Clock, latest } from '@holdfast/kernel';

export interface ManualClock extends Clock {
  /** Moves time on and wakes who is due on the way. */
  advance(ms: number): Promise<void>;
  /** How long the present sleepers want to sleep from now, in milliseconds, shortest first. */
  sleeping(): number[];
}

interface Sleeper {
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
        const sleeper = { due: addMs(now, ms), wake: () => wake() };
        const wake = (): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake, { once: true });
      }),
    advance: async (ms) => {
      const until = addMs(now, ms);
      for (let sleeper = nextDue(until); sleeper !== undefined; sleeper = nextDue(until)) {
        now = latest(sleeper.due, now);
        sleeper.wake();
        await setImmediate();
      }
      now = until;
    },
    sleeping: () => [...sleepers].map(({ due }) => due.getTime() - now.getTime()).sort((a, b) => a - b),
  };
};
