import { ArmError } from '@holdfast/arm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionsOf, type FilterFields } from './conditions-of.ts';
import { type FilterTerm, parseFilter } from './parse-filter.ts';

describe('a filter is a conjunction of', () => {
  test.each<[string, readonly FilterTerm[]]>([
    ["displayName eq 'Ann'", [{ kind: 'compare', name: 'displayName', operator: 'eq', value: 'Ann' }]],
    ["displayName EQ 'O''Neil'", [{ kind: 'compare', name: 'displayName', operator: 'eq', value: "O'Neil" }]],
    ["a eq ''", [{ kind: 'compare', name: 'a', operator: 'eq', value: '' }]],
    ["a eq ' and b eq '", [{ kind: 'compare', name: 'a', operator: 'eq', value: ' and b eq ' }]],
    ['accountEnabled eq true', [{ kind: 'compare', name: 'accountEnabled', operator: 'eq', value: true }]],
    ['accountEnabled ne false', [{ kind: 'compare', name: 'accountEnabled', operator: 'ne', value: false }]],
    ['status/errorCode eq 0', [{ kind: 'compare', name: 'status/errorCode', operator: 'eq', value: 0 }]],
    ['mail eq null', [{ kind: 'compare', name: 'mail', operator: 'eq', value: null }]],
    [
      'createdDateTime ge 2026-03-01T12:00:00Z',
      [{ kind: 'compare', name: 'createdDateTime', operator: 'ge', value: new Date('2026-03-01T12:00:00Z') }],
    ],
    [
      'createdDateTime le 2026-03-01T12:00:00.5+01:00',
      [{ kind: 'compare', name: 'createdDateTime', operator: 'le', value: new Date('2026-03-01T11:00:00.5Z') }],
    ],
    [
      'appId eq 5F1D3F0E-0000-4000-8000-000000000001',
      [{ kind: 'compare', name: 'appId', operator: 'eq', value: '5F1D3F0E-0000-4000-8000-000000000001' }],
    ],
    ["startswith(displayName,'A')", [{ kind: 'startsWith', name: 'displayName', value: 'A' }]],
    ["startsWith( displayName , 'A b' )", [{ kind: 'startsWith', name: 'displayName', value: 'A b' }]],
    ["servicePrincipalNames/any(c:c eq 'api://x')", [{ kind: 'any', name: 'servicePrincipalNames', value: 'api://x' }]],
    ["identifierUris/any(s : s eq 'x')", [{ kind: 'any', name: 'identifierUris', value: 'x' }]],
    [
      "displayName eq 'a' and mailNickname eq 'b'",
      [
        { kind: 'compare', name: 'displayName', operator: 'eq', value: 'a' },
        { kind: 'compare', name: 'mailNickname', operator: 'eq', value: 'b' },
      ],
    ],
  ])('%s', (filter, terms) => {
    expect(parseFilter(filter)).toEqual(terms);
  });
});

describe('a filter is refused', () => {
  test.each([
    "displayName eq 'a' or displayName eq 'b'",
    "not displayName eq 'a'",
    "(displayName eq 'a')",
    "contains(displayName,'a')",
    "endswith(mail,'a')",
    "startswith(displayName,'a') eq true",
    'startswith(displayName,a)',
    "displayName eq 'a",
    "displayName eq 'a''",
    "displayName eq 'a' and",
    "and displayName eq 'a'",
    "displayName eq 'a' mail eq 'b'",
    'displayName eq a',
    'displayName eq',
    'eq',
    "displayName in ('a','b')",
    "names/any(c:d eq 'a')",
    "names/all(c:c eq 'a')",
    "names/any(c:c ne 'a')",
    "names/any(c:startswith(c,'a'))",
    'createdDateTime ge 2026-99-99T99:99:99Z',
    'createdDateTime ge 2026-03-01',
    "displayName eq 'a' -- b",
    '!',
    '',
    "a eq 'b'".repeat(1000),
  ])('%s', (filter) => {
    expect(() => parseFilter(filter)).toThrow(
      expect.objectContaining({ code: 'Request_UnsupportedQuery', message: expect.stringContaining('supported are') }),
    );
  });

  const fields: FilterFields<'name' | 'enabled' | 'names' | 'id'> = {
    displayName: { field: 'name', type: 'text' },
    accountEnabled: { field: 'enabled', type: 'flag' },
    names: { field: 'names', type: 'names' },
    id: { field: 'id', type: 'id' },
  };

  test.each([
    "surname eq 'a'",
    "displayName ne 'a'",
    'displayName eq true',
    'displayName eq null',
    "accountEnabled eq 'true'",
    "startswith(names,'a')",
    "names eq 'a'",
    "displayName/any(x:x eq 'a')",
    'id eq 1',
  ])('as %s, where that cannot be asked for, with what can', (filter) => {
    expect(() => conditionsOf(filter, fields)).toThrow(
      expect.objectContaining({ code: 'Request_UnsupportedQuery', message: expect.stringContaining('accountEnabled') }),
    );
  });

  test('when an id is none', () => {
    expect(() => conditionsOf("id eq 'x'", fields)).toThrow(expect.objectContaining({ code: 'Request_BadRequest' }));
  });

  test('and else becomes conditions, by names in any letter case', () => {
    const filter = "DISPLAYNAME eq 'A' and accountEnabled ne true and names/any(n:n eq 'N')";
    expect(conditionsOf(filter, fields)).toEqual([
      { field: 'name', operator: 'equals', value: 'A' },
      { field: 'enabled', operator: 'equals', value: false },
      { field: 'names', operator: 'equals', value: 'N' },
    ]);
    expect(conditionsOf(undefined, fields)).toEqual([]);
    expect(conditionsOf(' ', fields)).toEqual([]);
  });
});

describe('whatever its text, a filter', () => {
  const words = fc.constantFrom(
    ...[
      "'",
      "''",
      "'a'",
      'eq',
      'ne',
      'and',
      'or',
      '(',
      ')',
      ',',
      ':',
      '/',
      'any',
      'startswith',
      'a/any',
      'true',
      'null',
    ],
    ...['2026-03-01T12:00:00Z', '0', 'displayName', 'x', ' ', '\n', '\u0000', '$', '__proto__', 'constructor'],
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 30 }).map((parts) => parts.join(' ')),
  );
  test('throws nothing but the error of the catalogue', () => {
    fc.assert(
      fc.property(texts, (text) => {
        try {
          conditionsOf(text, { displayName: { field: 'name', type: 'text' } });
        } catch (error) {
          expect(error).toBeInstanceOf(ArmError);
          expect((error as ArmError).status).toBe(400);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('keeps a text as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const terms = parseFilter(`name eq '${value.replaceAll("'", "''")}'`);
        expect(terms).toEqual([{ kind: 'compare', name: 'name', operator: 'eq', value }]);
      }),
    );
  });
});
