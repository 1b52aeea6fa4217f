import { createDecipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSealer } from './index.ts';

const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };
const sealer = createSealer(random.bytes(32), random);
const text = (value: string) => new TextEncoder().encode(value);

describe('sealer', () => {
  test('whatever is sealed opens under its label', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (plain, label) => {
        expect(sealer.open(sealer.seal(plain, label), label)).toEqual(plain);
      }),
    );
  });

  test('no byte may change', () => {
    const sealed = sealer.seal(text('a private key'), 'key:1');
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = sealed.with(i, (sealed[i] ?? 0) ^ 1);
      expect(() => sealer.open(changed, 'key:1')).toThrow();
    }
  });

  test.each([
    ['another label', () => sealer.open(sealer.seal(text('x'), 'key:1'), 'key:2'), /key:2: cannot be opened/],
    [
      'another master key',
      () => createSealer(random.bytes(32), random).open(sealer.seal(text('x'), 'key:1'), 'key:1'),
      /another master key sealed it/,
    ],
    ['nothing', () => sealer.open(new Uint8Array(), 'key:1'), /not bytes that this version/],
    ['a later version', () => sealer.open(sealer.seal(text('x'), 'k').with(0, 2), 'k'), /not bytes that this version/],
    ['a short key', () => createSealer(random.bytes(16), random), /16 bytes; it must have 32/],
  ])('%s is refused with its reason', (_, attempt, reason) => {
    expect(attempt).toThrow(reason);
  });

  test('the error does not carry the plain bytes', () => {
    const sealed = sealer.seal(text('canary-secret'), 'key:1');
    expect(() => sealer.open(sealed, 'key:2')).not.toThrow(/canary/);
  });

  test('sealing twice gives different bytes', () => {
    expect(sealer.seal(text('x'), 'k')).not.toEqual(sealer.seal(text('x'), 'k'));
  });

  test('the sealed form is plain AES-256-GCM', () => {
    const key = random.bytes(32);
    const sealed = createSealer(key, random).seal(text('hello'), 'label');
    const opening = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13));
    opening.setAAD(text('holdfast-seal-1:label'));
    opening.setAuthTag(sealed.subarray(-16));
    expect(Buffer.concat([opening.update(sealed.subarray(13, -16)), opening.final()]).toString()).toBe('hello');
  });
});
