import { describe, expect, test } from 'vitest';
import { literal, parseFilter } from './filter-terms.ts';

const terms = {
  here: { pattern: /^here\(\)/i, form: 'here()' },
  name: { pattern: new RegExp(`^name\\s+eq\\s+${literal}`, 'i'), form: "name eq 'x'" },
};
const read = (filter: string | undefined) => {
  const parsed = parseFilter(filter, terms);
  return parsed.ok ? Object.fromEntries(parsed.value) : parsed.error;
};

describe('a filter', () => {
  test.each<[string | undefined, object]>([
    [undefined, {}],
    ['', {}],
    ['  ', {}],
    ['here()', { here: '' }],
    ['HERE()', { here: '' }],
    ["name eq 'a'", { name: 'a' }],
    ["name  EQ  'It''s a and b'", { name: "It's a and b" }],
    ["name eq ''", { name: '' }],
    ["here() and name eq 'a'", { here: '', name: 'a' }],
    [" name eq 'a'  AND here() ", { here: '', name: 'a' }],
  ])('%j is read as %j', (filter, expected) => {
    expect(read(filter)).toEqual(expected);
  });

  test.each([
    'x',
    'here',
    "name eq 'a",
    "name ne 'a'",
    'here() and',
    'and here()',
    "here() or name eq 'a'",
    'here()here()',
  ])('%j is refused, with what is supported', (filter) => {
    expect(read(filter)).toMatchObject({
      code: 'InvalidQueryParameter',
      message: expect.stringContaining("here(), name eq 'x', joined by 'and'"),
    });
  });
});
