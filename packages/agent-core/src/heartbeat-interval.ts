import { minutes, seconds } from '@holdfast/kernel';

export const defaultIntervalMs = minutes(5);
const shortestMs = seconds(1);
const longestMs = minutes(60);

/** The control plane's wish in milliseconds, bounded to 1 s..1 h; the default where it is no number. */
export const intervalMs = (nextHeartbeatSeconds: number): number =>
  Number.isFinite(nextHeartbeatSeconds)
    ? Math.min(Math.max(seconds(nextHeartbeatSeconds), shortestMs), longestMs)
    : defaultIntervalMs;

/** Up to a tenth earlier than the interval: never later than the control plane expects, never all at once. */
export const untilNextBeatMs = (interval: number, chance: number): number =>
  Math.round(interval - (interval / 10) * chance);
