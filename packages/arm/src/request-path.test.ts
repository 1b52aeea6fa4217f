import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalisePath } from './index.ts';

describe('normalisePath takes every spelling that clients use', () => {
  test.each([
    ['//subscriptions/s?api-version=1', '/subscriptions/s?api-version=1'],
    ['//t/oauth2/v2.0/token', '/t/oauth2/v2.0/token'],
    ['//metadata/endpoints?api-version=2018-01-01', '/metadata/endpoints?api-version=2018-01-01'],
    ['/providers/Microsoft.HybridCompute//machines/m1', '/providers/Microsoft.HybridCompute/machines/m1'],
    ['/g/providers/Microsoft.Resources/deployments/?x=1', '/g/providers/Microsoft.Resources/deployments?x=1'],
    ['/t/v2.0/.well-known/openid-configuration?', '/t/v2.0/.well-known/openid-configuration?'],
    ['///', '/'],
    ['/', '/'],
    ['/?a=b', '/?a=b'],
    ['/a//', '/a'],
  ])('%s → %s', (target, path) => {
    expect(normalisePath(target)).toBe(path);
  });

  test('leaves the query alone: slashes there mean what they say', () => {
    expect(normalisePath('/a//b/?redirect=https://x//y/')).toBe('/a/b?redirect=https://x//y/');
  });

  test('keeps letter case, and doing it twice changes nothing', () => {
    const target = fc.stringMatching(/^\/[\w/%.]{0,20}(\?[\w/?=]{0,8})?$/);
    fc.assert(
      fc.property(target, (text) => {
        const once = normalisePath(text);
        expect(normalisePath(once)).toBe(once);
        expect(once.split('?')[0]).not.toMatch(/\/\/|.\/$/);
        expect(once.replaceAll('/', '')).toBe(text.replaceAll('/', ''));
      }),
    );
  });
});
