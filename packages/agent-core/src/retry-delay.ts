import { minutes, seconds } from '@holdfast/kernel';
import type { Behaviour } from './behaviour-of.ts';

const firstMs = seconds(5);
const longestMs = { soon: minutes(5), slowly: minutes(60) };

/** Where a retry falls: how many failures there were in a row (from 1), and a chance in [0, 1). */
export interface RetryContext {
  readonly failures: number;
  readonly chance: number;
}

/** Milliseconds until the next try. */
export const retryDelayMs = (behaviour: Behaviour, context: RetryContext): number => {
  if (behaviour.do === 'wait') return spreadAfter(behaviour.seconds, context.chance);
  return backoffMs(behaviour.do === 'retry-slowly' ? longestMs.slowly : longestMs.soon, context);
};

/** Doubles from 5 s; half of it is left to chance so that servers cut off together do not return together. */
const backoffMs = (limitMs: number, { failures, chance }: RetryContext): number => {
  const full = Math.min(limitMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return Math.round(full / 2 + (full / 2) * chance);
};

/** Never before the named time, which is bounded to 1 s..1 h; up to a quarter of it, at least 1 s, after. */
const spreadAfter = (wanted: number, chance: number): number => {
  const named = Math.min(Math.max(seconds(wanted), seconds(1)), longestMs.slowly);
  return Math.round(named + Math.max(named / 4, seconds(1)) * chance);
};
