import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as der from './der.ts';

// The structure as a whole is judged by OpenSSL in authority.test.ts; here are the corners of the encoding.

test.each([
  ['a short length', der.octetString(Buffer.alloc(127)), '047f'],
  ['a length of one octet', der.octetString(Buffer.alloc(128)), '048180'],
  ['a length of two octets', der.octetString(Buffer.alloc(256)), '04820100'],
  ['an identifier with arcs above 127', der.objectIdentifier('1.2.840.10045.4.3.2'), '06082a8648ce3d040302'],
  ['an identifier with small arcs', der.objectIdentifier('2.5.29.15'), '0603551d0f'],
  ['a bit string with unused bits', der.bitString(Buffer.from([0x80]), 7), '03020780'],
  ['the last UTCTime', der.time(new Date('2049-12-31T23:59:59.999Z')), '170d3439313233313233353935395a'],
  ['the first GeneralizedTime', der.time(new Date('2050-01-01T00:00:00Z')), '180f32303530303130313030303030305a'],
])('%s', (_, encoded, hex) => {
  expect(encoded.toString('hex').startsWith(hex)).toBe(true);
});

test('every element tells its own length', () => {
  fc.assert(
    fc.property(fc.nat(70_000), (length) => {
      const encoded = der.octetString(Buffer.alloc(length));
      const first = encoded[1] ?? 0;
      const octets = first < 0x80 ? 0 : first & 0x7f;
      const told = octets === 0 ? first : encoded.readUIntBE(2, octets);
      expect([told, encoded.length]).toEqual([length, 2 + octets + length]);
    }),
  );
});
