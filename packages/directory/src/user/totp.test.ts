import { randomBytes } from 'node:crypto';
import { newUuid } from '@holdfast/kernel';
import fc from 'fast-check';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { matchTotp, newTotpSecret, totpLabel, totpUri } from './totp.ts';

const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };
/** The secret of RFC 6238 appendix B, and its codes' last six digits. */
const rfcSecret = Secret.fromLatin1('12345678901234567890').base32;
const at = (epochSeconds: number) => new Date(epochSeconds * 1000);

describe('a one-time code', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is the one of RFC 6238 at second %i', (second, code) => {
    expect(matchTotp(rfcSecret, code, at(second))).toBe(Math.floor(second / 30));
  });

  const step = 37_037_037;
  test.each([
    ['in its own step', 0, step],
    ['a step later', 1, step],
    ['a step earlier', -1, step],
    ['two steps later', 2, undefined],
    ['two steps earlier', -2, undefined],
    ['an hour later', 120, undefined],
  ])('%s counts for the step it was made for, or not at all', (_, later, found) => {
    expect(matchTotp(rfcSecret, '050471', at((step + later) * 30))).toBe(found);
  });

  test.each(['287 082', ' 287082\n'])('may be typed as %j', (code) => {
    expect(matchTotp(rfcSecret, code, at(59))).toBe(1);
  });

  test.each(['', '28708', '2870820', '287083', '-87082', '２８７０８２', '0x287082', '287082.0', 'e'.repeat(1e5)])(
    'is not %j',
    (code) => {
      expect(matchTotp(rfcSecret, code, at(59))).toBeUndefined();
    },
  );

  test('of anything typed is right or wrong, never a fault', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (code) => {
        expect(matchTotp(rfcSecret, code, at(59))).toBeUndefined();
      }),
    );
  });
});

describe('a secret', () => {
  test('has 160 bits and never comes twice', () => {
    const [one, two] = [newTotpSecret(random), newTotpSecret(random)];
    expect(one).toMatch(/^[A-Z2-7]{32}$/);
    expect(two).not.toBe(one);
  });

  test('reaches an authenticator through its address, under any name', () => {
    const secret = newTotpSecret(random);
    for (const account of ['ada@contoso.example', 'a:b/c?d=e#f&g', 'Jörg Müller']) {
      const uri = totpUri(secret, { issuer: 'Holdfast: Contoso & Sons', account });
      const read = new URL(uri);
      expect([read.protocol, read.host, read.searchParams.get('secret')]).toEqual(['otpauth:', 'totp', secret]);
      expect(decodeURIComponent(read.pathname)).toContain(account);
      expect(Object.fromEntries(read.searchParams)).toMatchObject({ algorithm: 'SHA1', digits: '6', period: '30' });
      const now = at(1_800_000_000);
      const code = TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: now.getTime() });
      expect(matchTotp(secret, code, now)).toBe(60_000_000);
    }
  });

  test('is sealed under a label of its own', () => {
    const [tenant, user] = [newUuid(random), newUuid(random)];
    expect(totpLabel(tenant, user)).not.toBe(totpLabel(user, tenant));
  });
});
