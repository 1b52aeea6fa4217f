import { type ClockReading, clockOffsetMs, skewSeconds } from '@holdfast/agent-core';
import { addMs, type Clock } from '@holdfast/kernel';

/** The control plane's time, as far as its answers have told; this machine's own until then. */
export interface ServerClock {
  now(): Date;
  learn(reading: ClockReading): void;
  /** How many seconds this machine's clock is ahead; null until learnt. */
  skewSeconds(): number | null;
}

export const createServerClock = (clock: Clock): ServerClock => {
  let offsetMs: number | null = null;
  return {
    now: () => addMs(clock.now(), offsetMs ?? 0),
    learn: (reading) => {
      offsetMs = clockOffsetMs(reading);
    },
    skewSeconds: () => (offsetMs === null ? null : skewSeconds(offsetMs)),
  };
};
