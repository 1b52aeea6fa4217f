import type { Figures } from '../benchmark.ts';

/** The value below which `share` of the sorted values lie (nearest rank). */
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Milliseconds, of any number of values in any order. */
export const latencyFigures = (milliseconds: readonly number[] | Float64Array): Figures => {
  const sorted = Float64Array.from(milliseconds).sort();
  return {
    p50Ms: rounded(quantile(sorted, 0.5)),
    p95Ms: rounded(quantile(sorted, 0.95)),
    p99Ms: rounded(quantile(sorted, 0.99)),
    maxMs: rounded(quantile(sorted, 1)),
  };
};

export const median = (values: readonly number[]): number => quantile(Float64Array.from(values).sort(), 0.5);
