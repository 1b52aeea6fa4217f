import { addMs, days, minutes, seconds } from '@holdfast/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clockOffsetMs,
  connectionHealth,
  fraction,
  intervalMs,
  isFresh,
  isUsable,
  renewalTime,
  resourceKey,
  skewSeconds,
  sortedKeys,
  untilNextBeatMs,
} from './index.ts';

const start = new Date('2026-11-01T00:00:00Z');
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('heartbeat interval', () => {
  test.each([
    [300, seconds(300)],
    [0, seconds(1)],
    [-5, seconds(1)],
    [0.2, seconds(1)],
    [1e9, minutes(60)],
    [Number.NaN, minutes(5)],
    [Number.POSITIVE_INFINITY, minutes(5)],
  ])('a wish for %d seconds', (wish, interval) => {
    expect(intervalMs(wish)).toBe(interval);
  });

  test('a beat comes within the last tenth of its interval', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 3_600_000 }), chance, (interval, at) => {
        expect(untilNextBeatMs(interval, at)).toBeLessThanOrEqual(interval);
        expect(untilNextBeatMs(interval, at)).toBeGreaterThanOrEqual(Math.floor(interval * 0.9));
      }),
    );
  });
});

describe('what a connected machine says of itself', () => {
  const record = { lastAccepted: start, intervalMs: minutes(5), expired: false };
  test.each([
    ['just accepted', record, 0, 'Connected'],
    ['silent for 15 minutes', record, minutes(15), 'Connected'],
    ['silent for longer', record, minutes(15) + 1, 'Disconnected'],
    ['asked to beat hourly', { ...record, intervalMs: minutes(60) }, minutes(90), 'Connected'],
    ['never accepted', { ...record, lastAccepted: null }, 0, 'Disconnected'],
    ['told to be expired', { ...record, expired: true }, 0, 'Expired'],
  ] as const)('%s', (_, given, afterMs, state) => {
    expect(connectionHealth(given, addMs(start, afterMs))).toBe(state);
  });
});

test('a certificate of 90 days is renewed within the day after 45', () => {
  const validity = { notBefore: start, notAfter: addMs(start, days(90)) };
  fc.assert(
    fc.property(chance, (at) => {
      const due = renewalTime(validity, at);
      expect(due.getTime()).toBeGreaterThanOrEqual(addMs(start, days(45)).getTime());
      expect(due.getTime()).toBeLessThan(addMs(start, days(46)).getTime());
    }),
  );
});

describe("the control plane's clock", () => {
  test('is read halfway through the exchange', () => {
    const reading = { serverTime: addMs(start, 5_000), sentAt: start, receivedAt: addMs(start, 2_000) };
    expect(clockOffsetMs(reading)).toBe(4_000);
    expect(skewSeconds(4_000)).toBe(-4);
    expect(Object.is(skewSeconds(200), 0)).toBe(true);
  });

  test('corrects any skew to within the exchange', () => {
    const ms = fc.integer({ min: -days(10), max: days(10) });
    fc.assert(
      fc.property(ms, fc.nat(60_000), fc.nat(60_000), (skew, out, back) => {
        const serverTime = addMs(start, out);
        const sentAt = addMs(start, skew);
        const receivedAt = addMs(sentAt, out + back);
        const corrected = addMs(receivedAt, clockOffsetMs({ serverTime, sentAt, receivedAt }));
        expect(Math.abs(corrected.getTime() - addMs(serverTime, back).getTime())).toBeLessThanOrEqual(
          (out + back) / 2 + 1,
        );
      }),
    );
  });
});

test('a token is fresh until 10 minutes or half of its life are left, and usable to its end', () => {
  const day = { notBefore: start, expiresOn: addMs(start, days(1)) };
  const short = { notBefore: start, expiresOn: addMs(start, minutes(4)) };
  expect([isFresh(day, addMs(start, days(1) - minutes(10))), isFresh(day, addMs(start, days(1) - minutes(9)))]).toEqual(
    [true, false],
  );
  expect([isFresh(short, addMs(start, minutes(2))), isFresh(short, addMs(start, minutes(3)))]).toEqual([true, false]);
  expect([isUsable(day, addMs(start, days(1) - 1)), isUsable(day, addMs(start, days(1)))]).toEqual([true, false]);
  expect(resourceKey('https://vault.azure.net/')).toBe(resourceKey('https://vault.azure.net'));
});

test('equal values have one text, whatever the order of their keys', () => {
  expect(JSON.stringify(sortedKeys({ b: [{ d: 1, c: null }], a: 'x', e: undefined }))).toBe(
    '{"a":"x","b":[{"c":null,"d":1}]}',
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(JSON.stringify(sortedKeys(value)))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('a fraction lies in [0, 1)', () => {
  const of = (byte: number) => fraction({ bytes: (length) => new Uint8Array(length).fill(byte) });
  expect(of(0)).toBe(0);
  expect(of(255)).toBeLessThan(1);
  expect(of(128)).toBeCloseTo(0.502, 2);
});
