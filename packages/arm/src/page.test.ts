import { unwrap } from '@holdfast/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextLink, parsePage } from './index.ts';

const page = (query: Record<string, string>) => parsePage(new Map(Object.entries(query)), { depth: 2, most: 100 });

describe('parsePage', () => {
  test.each([
    [{}, { after: undefined, size: 100 }],
    [{ $top: '7' }, { after: undefined, size: 7 }],
    [{ $top: '5000' }, { after: undefined, size: 100 }],
    [{ $skiptoken: 'g|m' }, { after: ['g', 'm'], size: 100 }],
  ])('%j', (query, expected) => {
    expect(page(query as Record<string, string>)).toEqual({ ok: true, value: expected });
  });

  test.each([
    [{ $top: '0' }, '$top'],
    [{ $top: '-1' }, '$top'],
    [{ $top: '1.5' }, '$top'],
    [{ $top: 'many' }, '$top'],
    [{ $top: '' }, '$top'],
    [{ $skiptoken: 'g' }, '$skipToken'],
    [{ $skiptoken: 'g|m|x' }, '$skipToken'],
    [{ $skiptoken: '' }, '$skipToken'],
  ])('%j is refused', (query, target) => {
    expect(page(query as Record<string, string>)).toMatchObject({ ok: false, error: { status: 400, target } });
  });
});

describe('nextLink', () => {
  const here = { origin: 'https://h:8443', path: '/subscriptions/s/resourceGroups' };

  test('is the same request with another token, on the public origin', () => {
    const query = new Map([
      ['api-version', '2021-04-01'],
      ['$filter', "tagName eq 'a b'"],
      ['$skiptoken', 'old'],
    ]);
    expect(nextLink({ ...here, query }, ['g1'])).toBe(
      "https://h:8443/subscriptions/s/resourceGroups?api-version=2021-04-01&$filter=tagName%20eq%20'a%20b'&$skipToken=g1",
    );
  });

  test('read back, whatever stood in the query, gives that query and the place after which to go on', () => {
    const name = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text !== '$skiptoken');
    const names = fc.array(fc.stringMatching(/^[\w().-]{1,20}$/), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.dictionary(name, fc.string()), names, (query, last) => {
        const link = new URL(nextLink({ ...here, query: new Map(Object.entries(query)) }, last));
        const read = new Map(
          [...link.searchParams].map(([key, value]) => [key === '$skipToken' ? '$skiptoken' : key, value]),
        );
        expect(unwrap(parsePage(read, { depth: 2, most: 9 })).after).toEqual(last);
        read.delete('$skiptoken');
        expect(read).toEqual(new Map(Object.entries(query)));
      }),
    );
  });
});
