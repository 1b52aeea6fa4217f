import { expect, test } from 'vitest';
import { causesOf } from './causes-of.ts';

const after = (cause: unknown, message = 'refused') => new Error(message, { cause });

test.each([
  ['nothing', new Error('refused'), undefined],
  ['something else than an error', after({ token: 'canary' }), undefined],
  ['one cause', after(new Error('no route')), 'no route'],
  [
    'a network error in two parts',
    after(after(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'fetch failed')),
    'fetch failed: connect (ECONNREFUSED)',
  ],
  ['a text that could not be parsed', after(new SyntaxError('"canary" is not valid JSON')), 'it cannot be parsed'],
])('of %s', (_, error, words) => {
  expect(causesOf(error)).toBe(words);
});

test('ends, also where causes go in a circle', () => {
  const error = new Error('a');
  error.cause = error;
  expect(causesOf(error)).toBe('a: a: a: a: a');
});
