import { type Clock, msBetween } from './clock.ts';

export interface TimedCache<Value> {
  /** The value under `key`, loaded when there is none younger than `maxAgeMs`. Concurrent callers share one load. */
  get(key: string, maxAgeMs: number): Promise<Value | undefined>;
}

export interface TimedCacheOptions<Value> {
  readonly clock: Clock;
  /** Most entries kept; the oldest goes first. */
  readonly capacity: number;
  /** What is absent or fails is not kept: it must be seen as soon as it appears. */
  readonly load: (key: string) => Promise<Value | undefined>;
}

interface Entry<Value> {
  readonly value: Promise<Value | undefined>;
  readonly loadedAt: Date;
}

export const createTimedCache = <Value>({ clock, capacity, load }: TimedCacheOptions<Value>): TimedCache<Value> => {
  const entries = new Map<string, Entry<Value>>();
  const forget = (key: string, entry: Entry<Value>) => {
    if (entries.get(key) === entry) entries.delete(key);
  };
  return {
    get: async (key, maxAgeMs) => {
      const now = clock.now();
      const known = entries.get(key);
      if (known !== undefined && Math.abs(msBetween(known.loadedAt, now)) <= maxAgeMs) return known.value;
      const entry: Entry<Value> = { value: load(key), loadedAt: now };
      entries.delete(key);
      entries.set(key, entry);
      if (entries.size > capacity) entries.delete(entries.keys().next().value ?? key);
      try {
        const value = await entry.value;
        if (value === undefined) forget(key, entry);
        return value;
      } catch (error) {
        forget(key, entry);
        throw error;
      }
    },
  };
};
