import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPassword } from './check-password.ts';
import { newPassword } from './new-password.ts';

const about = { userPrincipalName: 'grace.hopper@contoso.example', displayName: 'Grace Brewster Hopper' };
const check = (password: string) => checkPassword(password, about);

describe('a password is accepted', () => {
  test.each([
    ['of several words', 'tulip carbon sideways oven'],
    ['of twelve random characters', 'x7Qm2vR9tKp4'],
    ['of small letters only', 'mvqzkxwhrtpb'],
    ['in another script', '日本語のパスワードはむずかしい'],
    ['with blanks at its ends', '  tulip carbon sideways  '],
    ['of signs outside the basic plane', '🦀🪴🛶🧭🪡🥁🛸🧿🪕🦜🫖🧲'],
    ['as long as it may be', 'tulip carbon sideways oven '.repeat(5).slice(0, 128)],
    ['generated for a person', newPassword({ bytes: (length) => Uint8Array.from(randomBytes(length)) })],
  ])('%s', async (_, password) => {
    expect(await check(password)).toEqual({ ok: true, value: true });
  });
});

describe('a password is refused', () => {
  test.each([
    ['that is empty', '', /at least 12 characters/],
    ['of eleven characters', 'x7Qm2vR9tKp', /at least 12 characters/],
    ['of eleven characters in twenty-two code units', '🦀🪴🛶🧭🪡🥁🛸🧿🪕🦜🫖', /at least 12 characters/],
    ['of eleven characters once composed', 'x7Qm2vR9tKe\u0301', /at least 12 characters/],
    ['of 129 characters', `${'tulip carbon sideways '.repeat(5)}${'oven carriage mint x'}`, /at most 128 characters/],
    ['that is common', 'password1234', /guessers try first/],
    ['that is common in disguise', 'P@$$w0rdP@$$w0rd', /repeats itself|guessers try first/],
    ['that repeats one character', 'aaaaaaaaaaaaaaaaaaaa', /repeats itself/],
    ['that repeats a word', 'monkeymonkeymonkey', /repeats itself/],
    ['that is a row of keys', 'qwertyuiopasdfghjkl', /row of keys|guessers try first/],
    ['that is a row of digits', '1234567890123456', /row of keys|guessers try first/],
    ['in full width that is common', 'ｐａｓｓｗｏｒｄ１２３４', /guessers try first/],
    ["that is the person's name", 'gracehopper1', /your name/],
    ["that is the person's whole name", 'Grace Brewster Hopper', /your name/],
    ['that is the user name', 'grace.hopper@contoso.example', /your name/],
    ["that is the organisation's name", 'contosocontoso', /your name/],
    ['that is the name of this place', 'holdfastholdfast', /your name|repeats itself/],
  ])('%s', async (_, password, reason) => {
    expect(await check(password)).toEqual({ ok: false, error: expect.stringMatching(reason) });
  });
});

test('whatever is chosen gets an answer, and one that does not repeat it', async () => {
  const text = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 140 }));
  await fc.assert(
    fc.asyncProperty(text, text, async (password, displayName) => {
      const checked = await checkPassword(password, { userPrincipalName: `${displayName}@a.example`, displayName });
      if (!checked.ok) expect(checked.error).toMatch(/^(A|This) password [^"]+\.$/);
    }),
    { numRuns: 60 },
  );
});

test('no choice keeps the process busy for long', async () => {
  await check('dictionaries are loaded now');
  const random = (alphabet: string) =>
    Array.from(randomBytes(128), (byte) => alphabet.charAt(byte % alphabet.length)).join('');
  for (const alphabet of ['0123456789', '4@8(0|5$7+1!3€ab cdepassword{[<', 'ab', '4@']) {
    const start = performance.now();
    await check(random(alphabet));
    expect(performance.now() - start, alphabet).toBeLessThan(1000);
  }
});
