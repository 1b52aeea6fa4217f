import { randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { hashPassword, needsRehash, verifyDecoy, verifyPassword } from './hash-password.ts';

const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };

test('a password is kept as argon2id, salted anew each time', async () => {
  const [one, two] = await Promise.all([hashPassword('correct horse', random), hashPassword('correct horse', random)]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(two).not.toBe(one);
});

test.each([
  ['the same', 'correct horse', 'correct horse', true],
  ['another', 'correct horse', 'wrong horse', false],
  ['an empty one', 'correct horse', '', false],
  ['letter case', 'correct horse', 'Correct horse', false],
  ['an accent beside its letter', 'caf\u00e9', 'cafe\u0301', true],
  ['an accent on its letter', 'cafe\u0301', 'caf\u00e9', true],
  ['full width', 'password', 'ｐａｓｓｗｏｒｄ', true],
  ['a blank at the end', 'correct horse', 'correct horse ', false],
  ['a character beyond the first 72 bytes', `${'x'.repeat(100)}1`, `${'x'.repeat(100)}2`, false],
  ['one with a zero byte', 'correct\0horse', 'correct\0house', false],
])('a hash tells whether a password is the same: %s', async (_, kept, tried, same) => {
  expect(await verifyPassword(await hashPassword(kept, random), tried)).toBe(same);
});

test('the decoy matches nothing and takes as long as a wrong password', async () => {
  const phc = await hashPassword('correct horse', random);
  const fastest = async (check: () => Promise<boolean>) => {
    const times: number[] = [];
    for (let i = 0; i < 15; i += 1) {
      const start = performance.now();
      expect(await check()).toBe(false);
      times.push(performance.now() - start);
    }
    return Math.min(...times);
  };
  const ratio = (await fastest(() => verifyDecoy('wrong'))) / (await fastest(() => verifyPassword(phc, 'wrong')));
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

test('a hash is to be renewed when it was made at another cost', async () => {
  expect(needsRehash(await hashPassword('x', random))).toBe(false);
  expect(needsRehash(await hash('x', { memoryCost: 4096, timeCost: 2, parallelism: 1 }))).toBe(true);
  expect(needsRehash(await hash('x', { memoryCost: 19_456, timeCost: 3, parallelism: 1 }))).toBe(true);
});
