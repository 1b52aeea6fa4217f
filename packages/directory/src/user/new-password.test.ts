import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newPassword } from './new-password.ts';

const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };

test('a generated password has no character that looks like another, and never comes twice', () => {
  const made = Array.from({ length: 500 }, () => newPassword(random));
  for (const password of made) expect(password).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
  expect(new Set(made).size).toBe(made.length);
});

test('every character of it is as likely as any other', () => {
  const counts = new Map<string, number>();
  const drawn = 31 * 400;
  for (let i = 0; i < drawn / 20; i += 1)
    for (const each of newPassword(random).replaceAll('-', '')) counts.set(each, (counts.get(each) ?? 0) + 1);
  expect(counts.size).toBe(31);
  // Six standard deviations around 400.
  for (const [each, count] of counts) expect(Math.abs(count - 400), each).toBeLessThan(120);
});

test('bytes that would favour some characters are passed over', () => {
  const bytes = [248, 255, 0, ...Array.from({ length: 19 }, () => 30)];
  expect(newPassword({ bytes: () => Uint8Array.of(bytes.shift() ?? 0) })).toBe('a9999-99999-99999-99999');
});
