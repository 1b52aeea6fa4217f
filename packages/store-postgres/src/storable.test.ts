import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storableJson, storableText } from './storable.ts';

describe('what PostgreSQL can hold', () => {
  test.each([
    ['NUL', 'a\0b', 'ab'],
    ['half a surrogate pair', 'a\ud83d', 'a\ufffd'],
    ['a whole pair', 'a😀', 'a😀'],
    ['letters that look like an escape', '\\u0000 \\ud800', '\\u0000 \\ud800'],
  ])('%s', (_what, text, stored) => {
    expect(storableText(text)).toBe(stored);
    expect(JSON.parse(storableJson({ [text]: [text] }))).toEqual({ [stored]: [stored] });
  });

  test('a value without foul characters is stored as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const json = JSON.stringify(value);
        fc.pre(!json.includes('\\u0000'));
        expect(storableJson(value)).toBe(json);
      }),
    );
  });
});
