import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AgentError } from '../agent-error.ts';
import { parseTagList } from './parse-tags.ts';

test.each([
  ['', {}],
  ['K=V', { K: 'V' }],
  ["K=V,K2='v 2'", { K: 'V', K2: 'v 2' }],
  [' City = Oslo , Rack=7 ,', { City: 'Oslo', Rack: '7' }],
  ["'my key'='a,b=c'", { 'my key': 'a,b=c' }],
  ["K=' v '", { K: ' v ' }],
  ['K=', { K: '' }],
  ['K=a=b', { K: 'a=b' }],
  ["K=a\\,b,L=it\\'s,M=C:\\\\temp", { K: 'a,b', L: "it's", M: 'C:\\temp' }],
  ["K='it\\'s'", { K: "it's" }],
  ['__proto__=x', Object.fromEntries([['__proto__', 'x']])],
])('%s', (raw, tags) => {
  expect(parseTagList(raw)).toEqual(tags);
});

test.each([
  ['K', "'K' is not NAME=VALUE"],
  ['=V', "'=V' is not NAME=VALUE"],
  ["K='v", 'a quote is not closed'],
  ['K=v\\', 'nothing follows the last backslash'],
  ['K=1,K=2', "the tag 'K' is given twice"],
  ['K=1,k=2', 'names do not differ by letter case'],
  ['a/b=1', 'not allowed'],
  [Array.from({ length: 51 }, (_, at) => `k${at}=v`).join(), 'at most 50 tags'],
])('%s is refused', (raw, words) => {
  expect(() => parseTagList(raw)).toThrow(words);
});

describe('any tags', () => {
  const name = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/[<>%&\\?/]/.test(text));
  const tags = fc.uniqueArray(fc.tuple(name, fc.string({ maxLength: 20 })), {
    maxLength: 8,
    selector: ([key]) => key.toLowerCase(),
  });
  const escaped = (text: string): string => text.replace(/[\\']/g, '\\$&');

  test('come back from quotes', () => {
    fc.assert(
      fc.property(tags, (pairs) => {
        const raw = pairs.map(([key, value]) => `'${escaped(key)}'='${escaped(value)}'`).join(',');
        expect(Object.entries(parseTagList(raw)).sort()).toEqual([...pairs].sort());
      }),
    );
  });

  test('come back from backslashes before every character', () => {
    const each = (text: string): string => [...text].map((char) => `\\${char}`).join('');
    fc.assert(
      fc.property(tags, (pairs) => {
        const raw = pairs.map(([key, value]) => `${each(key)}=${each(value)}`).join(',');
        expect(Object.entries(parseTagList(raw)).sort()).toEqual([...pairs].sort());
      }),
    );
  });

  test('any text is tags or a refusal', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        try {
          parseTagList(raw);
        } catch (error) {
          expect(error).toBeInstanceOf(AgentError);
        }
      }),
    );
  });
});
