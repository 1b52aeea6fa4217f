import { days, minutes, newUuid } from '@holdfast/kernel';
import { createSealer } from '@holdfast/sealing';
import { createManualClock } from '@holdfast/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../../test/test-directory.ts';
import { readCookies } from './cookies.ts';
import type { Interaction } from './interaction.ts';
import { createInteractionSeal } from './interaction-seal.ts';

const start = new Date('2026-03-04T23:55:00Z');
const clock = createManualClock(start);
const sealer = createSealer(random.bytes(32), random);
const seal = createInteractionSeal(sealer, clock);

const interactionAt = (now: Date): Interaction => ({
  startedAt: now.getTime(),
  correlationId: newUuid(random),
  authority: 'common',
  purpose: { kind: 'device', userCodeSha256: 'x' },
  settled: [],
});

const interaction = interactionAt(start);
const sealed = seal.seal(interaction, 'browser');

describe('a sealed sign-in', () => {
  test('opens for its browser', () => {
    expect(seal.open(sealed, 'browser')).toEqual(interaction);
    expect(sealed).not.toContain('common');
  });

  test('opens for no other, and for none without a name', () => {
    for (const other of ['Browser', 'browser ', '', 'browser\0'])
      expect(() => seal.open(sealed, other)).toThrow('too long');
    expect(() => seal.open(seal.seal(interaction, ''), '')).toThrow('too long');
  });

  test('does not open when any bit of it is another', () => {
    const bytes = Buffer.from(sealed, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const at = bit >> 3;
      const flipped = Buffer.from(bytes.with(at, (bytes[at] ?? 0) ^ (1 << (bit & 7)))).toString('base64url');
      expect(() => seal.open(flipped, 'browser')).toThrow('too long');
    }
  });

  test('is nothing that anybody makes up or cuts off', () => {
    const cut = fc.nat(sealed.length - 1).map((end) => sealed.slice(0, end));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), cut), (text) => {
        expect(() => seal.open(text, 'browser')).toThrow('too long');
      }),
    );
  });

  test('is not what the same key sealed for something else', () => {
    const other = Buffer.from(sealer.derive('sign-out').seal(Buffer.from(JSON.stringify(interaction)), 'x')).toString(
      'base64url',
    );
    expect(() => seal.open(other, 'browser')).toThrow('too long');
  });

  test('lives for a quarter of an hour, over midnight too', async () => {
    const late = createManualClock(start);
    const own = createInteractionSeal(sealer, late);
    const text = own.seal(interaction, 'browser');
    await late.advance(minutes(15));
    expect(own.open(text, 'browser')).toEqual(interaction);
    await late.advance(1);
    expect(() => own.open(text, 'browser')).toThrow('too long');
    await late.advance(days(2));
    expect(() => own.open(text, 'browser')).toThrow('too long');
  });
});

test('cookies of any making are read or passed over', () => {
  const name = fc.constantFrom('__Host-holdfast-session', '__Host-holdfast-flow', 'session', '__proto__', '');
  const pair = fc.tuple(name, fc.string()).map(([key, value]) => `${key}=${value}`);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pair).map((pairs) => pairs.join('; ')),
      ),
      (header) => {
        const cookies = readCookies(header);
        for (const [key, value] of Object.entries(cookies)) {
          expect(['flow', 'session', 'device', 'external']).toContain(key);
          expect(value).not.toBe('');
        }
      },
    ),
  );
  expect(readCookies(undefined)).toEqual({});
  expect(readCookies('__Host-holdfast-session=a; session=b; __Secure-holdfast-flow=c')).toEqual({ session: 'a' });
});
