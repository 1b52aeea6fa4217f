import { addMs, days, minutes } from '@holdfast/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PlannedKey, planRotation, type RotationQuestion, rotationPolicy } from './plan-rotation.ts';
import type { SigningAlgorithm } from './signing-key-store.ts';

const now = new Date('2026-06-01T00:00:00Z');
const policy = rotationPolicy;
const at = (inDays: number) => addMs(now, days(inDays));

const key = (kid: string, signsInDays: number, changes: Partial<PlannedKey> = {}): PlannedKey => ({
  kid,
  algorithm: 'RS256',
  signsFrom: at(signsInDays),
  retiresAt: undefined,
  ...changes,
});
/** The other algorithm's key, which wants nothing. */
const quiet = key('quiet', 0, { algorithm: 'ES256' });
const plan = (keys: PlannedKey[], wanted?: RotationQuestion['wanted']) =>
  planRotation({ keys: [...keys, quiet], now, policy, ...(wanted && { wanted }) });
const retiredAfter = (inDays: number) => addMs(at(inDays), days(1) + minutes(60));

describe('a plan', () => {
  test('gives a tenant without keys one of each algorithm, which sign at once', () => {
    expect(planRotation({ keys: [], now, policy })).toEqual([
      { kind: 'add', algorithm: 'RS256', signsFrom: now },
      { kind: 'add', algorithm: 'ES256', signsFrom: now },
    ]);
  });

  test('gives a tenant of before ES256 its key, and leaves the other alone', () => {
    expect(planRotation({ keys: [key('a', -10)], now, policy })).toEqual([
      { kind: 'add', algorithm: 'ES256', signsFrom: now },
    ]);
  });

  test('wants nothing while the key is young', () => {
    expect(plan([key('a', -88.99)])).toEqual([]);
  });

  test('publishes the next key a day before it signs, and retires the old one when its last token has ended', () => {
    expect(plan([key('a', -89)])).toEqual([
      { kind: 'add', algorithm: 'RS256', signsFrom: at(1) },
      { kind: 'retire', kid: 'a', retiresAt: retiredAfter(1) },
    ]);
  });

  test('publishes a day ahead also when it comes late', () => {
    expect(plan([key('a', -400)])).toContainEqual({ kind: 'add', algorithm: 'RS256', signsFrom: at(1) });
  });

  test('makes no third key while the second waits', () => {
    expect(plan([key('a', -89.5, { retiresAt: retiredAfter(0.5) }), key('b', 0.5)])).toEqual([]);
  });

  test('finishes what was interrupted between adding and retiring', () => {
    expect(plan([key('a', -89.5), key('b', 0.5)])).toEqual([
      { kind: 'retire', kid: 'a', retiresAt: retiredAfter(0.5) },
    ]);
  });

  test('makes a key that signs at once where every one that may sign was revoked', () => {
    expect(plan([key('a', -10, { retiresAt: now }), key('b', 0.5)])).toEqual([
      { kind: 'add', algorithm: 'RS256', signsFrom: now },
    ]);
  });

  test('makes a key at once where one is wanted', () => {
    expect(plan([key('a', -10)], { algorithms: ['RS256'], atOnce: true })).toEqual([
      { kind: 'add', algorithm: 'RS256', signsFrom: now },
      { kind: 'retire', kid: 'a', retiresAt: retiredAfter(0) },
    ]);
  });

  test('makes a key ahead of time where one is wanted, but not at once', () => {
    expect(plan([key('a', -10)], { algorithms: ['RS256'], atOnce: false })).toEqual([
      { kind: 'add', algorithm: 'RS256', signsFrom: at(1) },
      { kind: 'retire', kid: 'a', retiresAt: retiredAfter(1) },
    ]);
  });
});

describe('whenever the job runs', () => {
  interface Kept extends PlannedKey {
    readonly publishedAt: Date;
  }
  const carryOut = (keys: readonly Kept[], question: Omit<RotationQuestion, 'keys' | 'policy'>): readonly Kept[] => {
    let kept = [...keys];
    for (const change of planRotation({ keys, policy, ...question })) {
      if (change.kind === 'retire')
        kept = kept.map((each) => (each.kid === change.kid ? { ...each, retiresAt: change.retiresAt } : each));
      else {
        const { algorithm, signsFrom } = change;
        const kid = `${algorithm} ${signsFrom.toISOString()} ${kept.length}`;
        kept.push({ kid, algorithm, signsFrom, retiresAt: undefined, publishedAt: question.now });
      }
    }
    return kept;
  };
  const publishedAt = (keys: readonly Kept[], time: Date) =>
    keys.filter((each) => each.publishedAt <= time && (each.retiresAt === undefined || each.retiresAt > time));
  const signerAt = (keys: readonly Kept[], algorithm: SigningAlgorithm, time: Date) =>
    publishedAt(keys, time)
      .filter((each) => each.algorithm === algorithm && each.signsFrom <= time)
      .toSorted((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime())[0];

  /** Hours between two runs: as a rule one, now and then an outage. */
  const gaps = fc.array(
    fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 48 }) }, fc.integer({ max: 3000, min: 1 })),
    {
      minLength: 20,
      maxLength: 200,
    },
  );

  test('somebody signs, was published before, and stays so while its tokens live; and the list stays short', () => {
    fc.assert(
      fc.property(gaps, (hours) => {
        let time = now;
        let keys = carryOut([], { now });
        for (const gap of hours) {
          time = addMs(time, gap * minutes(60));
          for (const algorithm of ['RS256', 'ES256'] as const) {
            const signer = signerAt(keys, algorithm, time);
            const first = keys.find((each) => each.algorithm === algorithm);
            expect(signer).toBeDefined();
            if (signer !== undefined && signer !== first)
              expect(signer.signsFrom.getTime() - signer.publishedAt.getTime()).toBeGreaterThanOrEqual(days(1));
            const later = carryOut(keys, { now: time });
            expect(publishedAt(later, addMs(time, days(1))).map(({ kid }) => kid)).toContain(signer?.kid);
          }
          keys = carryOut(keys, { now: time });
          expect(planRotation({ keys, now: time, policy })).toEqual([]);
          expect(publishedAt(keys, time).length).toBeLessThanOrEqual(4);
        }
      }),
      { numRuns: 200 },
    );
  });
});
