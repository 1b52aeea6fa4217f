import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from './seeded-random.ts';

test('a seed gives the same bytes however they are drawn, another seed gives others', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.nat(70), { minLength: 1, maxLength: 8 }), (seed, lengths) => {
      const drawing = seededRandom(seed);
      const drawn = Buffer.concat(lengths.map((length) => drawing.bytes(length)));
      expect(drawn).toEqual(Buffer.from(seededRandom(seed).bytes(drawn.length)));
      fc.pre(drawn.length >= 16);
      expect(drawn).not.toEqual(Buffer.from(seededRandom(`${seed}.`).bytes(drawn.length)));
    }),
  );
});
