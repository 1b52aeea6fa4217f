import { expect, test } from 'vitest';
import { createSystemRandom } from './system-random.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('bytes come in any number', () => {
  const random = createSystemRandom();
  const lengths = [0, 1, 16, 4095, 4096, 4097, 100_000];
  expect(lengths.map((length) => random.bytes(length).length)).toEqual(lengths);
});

test('nothing is handed out twice, across blocks neither', () => {
  const random = createSystemRandom();
  const all = Array.from({ length: 5000 }, (_, at) => hex(random.bytes(16 + (at % 40))).slice(0, 32));
  expect(new Set(all).size).toBe(all.length);
});

test('two callers share no memory', () => {
  const random = createSystemRandom();
  const first = random.bytes(16);
  const before = hex(first);
  const second = random.bytes(16);
  second.fill(0);
  expect(hex(first)).toBe(before);
  expect([first.byteOffset, first.buffer.byteLength]).toEqual([0, 16]);
});

test('all values of a byte occur about equally often', () => {
  const counts = new Uint32Array(256);
  const random = createSystemRandom();
  for (let round = 0; round < 25_600; round += 1)
    for (const byte of random.bytes(10)) counts[byte] = (counts[byte] ?? 0) + 1;
  // 1,000 of each are expected; eight standard deviations.
  expect(Math.min(...counts)).toBeGreaterThan(750);
  expect(Math.max(...counts)).toBeLessThan(1250);
});
