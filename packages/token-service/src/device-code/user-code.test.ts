import { seededRandom } from '@holdfast/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newUserCode, parseUserCode } from './user-code.ts';

describe('a user code', () => {
  test('is nine consonants, all of them as likely', () => {
    const random = seededRandom('codes');
    const counts = new Map<string, number>();
    for (let count = 0; count < 2_000; count += 1) {
      const code = newUserCode(random);
      expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{9}$/);
      for (const letter of code) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect(counts.size).toBe(20);
    for (const count of counts.values()) expect(Math.abs(count - 900)).toBeLessThan(150);
  });

  test('is read as people type it', () => {
    const separator = fc.constantFrom('', ' ', '-', '–', '\t', ' - ');
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(separator, { minLength: 9, maxLength: 9 }),
        fc.boolean(),
        (seed, between, small) => {
          const code = newUserCode(seededRandom(String(seed)));
          const typed = [...code].map((letter, at) => `${letter}${between[at]}`).join('');
          expect(parseUserCode(small ? typed.toLowerCase() : typed)).toBe(code);
        },
      ),
    );
  });

  test.each(['', 'BCDFGHJK', 'BCDFGHJKLM', 'ABCDFGHJK', 'BCDFGHJK1', 'BCDFGHJKß'])('is not %j', (typed) => {
    expect(parseUserCode(typed)).toBeUndefined();
  });

  test('is nothing else than that, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (typed) => {
        const code = parseUserCode(typed);
        if (code !== undefined) expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{9}$/);
      }),
    );
  });
});
