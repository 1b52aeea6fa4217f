import type { AbortSignalLike, Clock } from './clock.ts';

/** A platform's timers; passed in so that this package needs none of its own. */
export interface Timers {
  setTimeout(callback: () => void, ms: number): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: a timer handle differs by platform and is only handed back
  clearTimeout(handle: any): void;
}

/** The clock of the machine the program runs on. Programs make one, at their root. */
export const createSystemClock = (timers: Timers): Clock => ({
  now: () => new Date(),
  sleep: (ms, signal) => sleepOn(timers, ms, signal),
});

const sleepOn = (timers: Timers, ms: number, signal: AbortSignalLike | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = () => {
      timers.clearTimeout(handle);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const handle = timers.setTimeout(finish, ms);
    signal?.addEventListener('abort', finish, { once: true });
  });
