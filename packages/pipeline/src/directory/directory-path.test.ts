import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDirectoryPath, normaliseKeys } from './directory-path.ts';

describe('keys in brackets are the segments they stand for', () => {
  test.each([
    ["/v1.0/users('$ann')", '/v1.0/users/$ann'],
    ["/v1.0/users('o''neil@x')/memberOf?$top=1", "/v1.0/users/o'neil@x/memberOf?$top=1"],
    ['/v1.0/users(%27ann%27)', '/v1.0/users/ann'],
    ['/v1.0/users%28%27ann%27%29', '/v1.0/users/ann'],
    ["/v1.0/applications(appId='1')/addPassword", "/v1.0/applications/appId='1'/addPassword"],
    ["/V1.0/applications(appId='1')", "/V1.0/applications/appId='1'"],
    ['/v1.0/groups/1/members/%24ref', '/v1.0/groups/1/members/$ref'],
    ["/v1.0/users?$filter=startswith(displayName,'a')", "/v1.0/users?$filter=startswith(displayName,'a')"],
    ['/v1.0/users()', '/v1.0/users()'],
    ["/subscriptions('1')", "/subscriptions('1')"],
    ["/v1.01/users('1')", "/v1.01/users('1')"],
  ])('%s', (given, wanted) => {
    expect(normaliseKeys(given)).toBe(wanted);
  });

  test('whatever the target, without a throw, and without touching the query', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (path, query) => {
        const target = `/v1.0/${path.replaceAll('?', '')}?${query}`;
        expect(normaliseKeys(target).endsWith(`?${query}`)).toBe(true);
      }),
    );
  });
});

test.each([
  ['/v1.0', true],
  ['/v1.0/users', true],
  ['/v1.0?x', true],
  ['/beta/users', true],
  ['/v1.0.1/users', false],
  ['/subscriptions', false],
  ['/providers/v1.0/users', false],
])('%s is of the directory’s API: %s', (target, isOne) => {
  expect(isDirectoryPath(target)).toBe(isOne);
});
