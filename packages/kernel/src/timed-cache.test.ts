import { expect, test } from 'vitest';
import { addMs, createTimedCache } from './index.ts';

const start = new Date('2026-01-01T00:00:00Z');

const setUp = (values: (string | undefined | Error)[]) => {
  let now = start;
  const asked: string[] = [];
  const cache = createTimedCache({
    clock: { now: () => now, sleep: async () => undefined },
    capacity: 2,
    load: async (key) => {
      asked.push(key);
      const value = values.shift();
      if (value instanceof Error) throw value;
      return value;
    },
  });
  const wait = (ms: number) => {
    now = addMs(now, ms);
  };
  return { cache, asked, wait };
};

test('a value is loaded once until it is older than asked for', async () => {
  const { cache, asked, wait } = setUp(['one', 'two']);
  expect(await Promise.all([cache.get('a', 1000), cache.get('a', 1000)])).toEqual(['one', 'one']);
  wait(1000);
  expect(await cache.get('a', 1000)).toBe('one');
  wait(1);
  expect(await cache.get('a', 1000)).toBe('two');
  expect(asked).toEqual(['a', 'a']);
});

test('what is absent or fails is asked for again', async () => {
  const { cache } = setUp([undefined, new Error('away'), 'there']);
  expect(await cache.get('a', 1000)).toBeUndefined();
  await expect(cache.get('a', 1000)).rejects.toThrow('away');
  expect(await cache.get('a', 1000)).toBe('there');
});

test('the oldest entry gives way', async () => {
  const { cache, asked } = setUp(['1', '2', '3', '4']);
  for (const key of ['a', 'b', 'c', 'a']) await cache.get(key, 1000);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});
