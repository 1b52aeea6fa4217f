import { describe, expect, test } from 'vitest';
import { parseListQuery } from './list-query.ts';

const parse = (query: Record<string, string>) =>
  parseListQuery(new Map(Object.entries(query)), { $orderby: 'at desc' });

describe('the options of a list', () => {
  test('are a hundred of everything when nothing is said', () => {
    expect(parse({})).toEqual({ filter: undefined, top: 100, after: undefined, select: undefined });
  });

  test.each<[Record<string, string>, object]>([
    [{ $top: '1' }, { top: 1 }],
    [{ $top: '999' }, { top: 999 }],
    [{ $skiptoken: 'next' }, { after: 'next' }],
    [{ $filter: "a eq 'b'" }, { filter: "a eq 'b'" }],
    [{ $select: 'id, displayName' }, { select: new Set(['id', 'displayname']) }],
    [{ $select: '*' }, { select: undefined }],
    [{ $select: '' }, { select: undefined }],
    [{ $count: 'true' }, { top: 100 }],
    [{ $orderby: 'AT desc' }, { top: 100 }],
    [{ 'api-version': '1' }, { top: 100 }],
  ])('%j', (query, wanted) => {
    expect(parse(query)).toMatchObject(wanted);
  });

  test.each([
    { $top: '0' },
    { $top: '1000' },
    { $top: '1.5' },
    { $top: 'all' },
    { $top: '-1' },
    { $expand: 'members' },
    { $search: 'x' },
    { $skip: '1' },
    { $orderby: 'displayName' },
  ])('%j is refused', (query) => {
    expect(() => parse(query as unknown as Record<string, string>)).toThrow(
      expect.objectContaining({ status: 400, code: 'Request_UnsupportedQuery' }),
    );
  });
});
