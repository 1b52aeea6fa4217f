import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64url, isUuid, newUuid, parseUuid } from './index.ts';

describe('uuid', () => {
  test('any 16 random bytes make a parseable version 4 UUID', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const id = newUuid({ bytes: () => Uint8Array.from(bytes) });
        expect(isUuid(id)).toBe(true);
        expect(id[14]).toBe('4');
        expect('89ab').toContain(id[19]);
      }),
    );
  });

  test('letter case is normalised, anything else refused', () => {
    expect(parseUuid('00000000-0000-0000-0000-0000000000AB')).toEqual({
      ok: true,
      value: '00000000-0000-0000-0000-0000000000ab',
    });
    for (const raw of ['', '{00000000-0000-0000-0000-000000000000}', '0', null, 7])
      expect(parseUuid(raw).ok).toBe(false);
  });
});

test('base64url agrees with Node', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
    }),
  );
});
