import { clearTimeout, setTimeout } from 'node:timers';
import { type Clock, createSystemClock, msBetween } from '@holdfast/kernel';

/** A clock that runs `factor` times as fast, for tests of waits and limits. */
export const createScaledClock = (factor: number): Clock => {
  const real = createSystemClock({ setTimeout, clearTimeout });
  const start = real.now();
  return {
    now: () => new Date(start.getTime() + msBetween(start, real.now()) * factor),
    sleep: (ms, signal) => real.sleep(ms / factor, signal),
  };
};
