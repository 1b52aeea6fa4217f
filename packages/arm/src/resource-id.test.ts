import { unwrap } from '@holdfast/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatGroupId,
  formatResourceId,
  locationOf,
  nameOf,
  parseGroupName,
  parseSubscriptionId,
  rootScope,
  scopeCovers,
  scopeOf,
} from './index.ts';

const subscription = '0F6D63B5-AE7C-4A48-8A4B-7B1E2B2A5C11';

describe('names', () => {
  test('compare without letter case and keep their creator’s', () => {
    expect(nameOf('Web-01').key).toBe(nameOf('WEB-01').key);
    expect(nameOf('Web-01').text).toBe('Web-01');
  });

  test('ids echo them as they are, with the subscription in lower case', () => {
    const group = { subscriptionId: unwrap(parseSubscriptionId(subscription)), group: nameOf('My-RG') };
    const machine = { ...group, namespace: 'Microsoft.HybridCompute', type: 'machines', name: nameOf('Web-01') };
    expect(formatGroupId(group)).toBe(`/subscriptions/${subscription.toLowerCase()}/resourceGroups/My-RG`);
    expect(formatResourceId(machine)).toBe(`${formatGroupId(group)}/providers/Microsoft.HybridCompute/machines/Web-01`);
  });

  test.each(['a', 'A-b_c.d(e)', '1', '_', 'x'.repeat(90)])('%j names a resource group', (raw) => {
    expect(parseGroupName(raw)).toEqual({ ok: true, value: nameOf(raw) });
  });

  test.each(['', '.', 'ends.', 'a b', 'a/b', 'ä', 'a\n', '\u212A', 'x'.repeat(91), 'a%2Fb', '<x>'])(
    '%j does not',
    (raw) => {
      expect(parseGroupName(raw)).toMatchObject({ ok: false, error: { code: 'InvalidResourceGroupName' } });
    },
  );

  test.each(['', 'x', `${subscription}0`, subscription.replace('-', ''), `{${subscription}}`])(
    '%j is no subscription id',
    (raw) => {
      expect(parseSubscriptionId(raw)).toMatchObject({
        ok: false,
        error: { status: 400, code: 'InvalidSubscriptionId' },
      });
    },
  );

  test('places compare without case and spaces', () => {
    expect(locationOf('East US 2')).toBe(locationOf('eastus2'));
  });
});

describe('scopes', () => {
  test.each([
    ['/', '/subscriptions/s', true],
    ['/', '/', true],
    ['/subscriptions/S', '/subscriptions/s/resourceGroups/g', true],
    ['/subscriptions/s/', '/SUBSCRIPTIONS/s', true],
    ['/subscriptions/s', '/subscriptions/s1', false],
    ['/subscriptions/s/resourceGroups/g', '/subscriptions/s', false],
    ['/subscriptions/s/resourceGroups/g', '/subscriptions/s/resourceGroups/g2/providers/p/t/n', false],
  ])('a grant at %s reaches %s: %s', (outer, inner, covers) => {
    expect(scopeCovers(scopeOf(outer), scopeOf(inner))).toBe(covers);
  });

  test('of nothing is the root', () => {
    expect(scopeOf('')).toBe(rootScope);
    expect(scopeOf('///')).toBe(rootScope);
  });

  test('covering is an order: a scope covers itself, and what covers a cover covers', () => {
    const scope = fc
      .array(fc.constantFrom('a', 'B', 'ab'), { maxLength: 4 })
      .map((parts) => scopeOf(`/${parts.join('/')}`));
    fc.assert(
      fc.property(scope, scope, scope, (a, b, c) => {
        expect(scopeCovers(a, a)).toBe(true);
        if (scopeCovers(a, b) && scopeCovers(b, a)) expect(a).toBe(b);
        if (scopeCovers(a, b) && scopeCovers(b, c)) expect(scopeCovers(a, c)).toBe(true);
      }),
    );
  });
});
