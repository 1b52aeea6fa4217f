import { describe, expect, test } from 'vitest';
import {
  at,
  createAuthorizationWorld,
  disabledId,
  groupScope,
  machineScope,
  otherTenantId,
  subscriptionId,
  subscriptionScope,
  tenantId,
} from '../authorization-world.test-support.ts';
import { placeOf } from './place.ts';
import { requirePlace, requireWritablePlace } from './places.ts';

const extension = { ...at.machine, childType: 'extensions', childName: 'E1' };

describe('a place', () => {
  test.each([
    [at.tenant, '/'],
    [at.subscription, subscriptionScope],
    [{ subscriptionId: subscriptionId.toUpperCase() }, `/subscriptions/${subscriptionId.toUpperCase()}`],
    [at.group, groupScope],
    [at.machine, machineScope],
    [extension, `${machineScope}/extensions/E1`],
  ])('of %j is %s, and compares without letter case', (parameters, text) => {
    expect(placeOf(parameters)).toMatchObject({ text, scope: text.toLowerCase() });
  });

  test.each([
    [{ subscriptionId: 'x' }, 'InvalidSubscriptionId'],
    [{ ...at.group, resourceGroupName: 'ends.' }, 'InvalidResourceGroupName'],
    [{ ...at.machine, resourceName: 'M1\0' }, 'InvalidResourceName'],
    [{ ...extension, childName: 'a/b' }, 'InvalidResourceName'],
  ])('of %j is none: %s', (parameters, code) => {
    expect(() => placeOf(parameters)).toThrow(expect.objectContaining({ code }));
  });
});

describe('a place must exist', () => {
  test.each([at.tenant, at.subscription, at.group, at.machine])('%j does', async (parameters) => {
    const { places } = createAuthorizationWorld();
    await requirePlace(places, tenantId, placeOf(parameters));
    expect(places.locked).toEqual([]);
  });

  test.each([
    [{ subscriptionId: disabledId.replace('2', '9') }, 'SubscriptionNotFound', 'dddddddd'],
    [{ ...at.machine, resourceGroupName: 'none' }, 'ResourceGroupNotFound', "'none'"],
    [{ ...at.machine, resourceName: 'm2' }, 'ResourceNotFound', "'Microsoft.HybridCompute/machines/m2'"],
    [extension, 'ResourceNotFound', "'Microsoft.HybridCompute/machines/M1/extensions/E1'"],
  ])('%j does not: %s', async (parameters, code, words) => {
    const { places } = createAuthorizationWorld();
    await expect(requirePlace(places, tenantId, placeOf(parameters))).rejects.toMatchObject({
      status: 404,
      code,
      message: expect.stringContaining(words),
    });
  });

  test('in the tenant of whoever asks', async () => {
    const { places } = createAuthorizationWorld();
    const asked = requirePlace(places, otherTenantId, placeOf(at.group));
    await expect(asked).rejects.toMatchObject({ code: 'SubscriptionNotFound' });
  });

  test('and stay, and be writable, for grants to be made there', async () => {
    const { places } = createAuthorizationWorld();
    await requireWritablePlace(places, tenantId, placeOf(at.machine));
    expect(places.locked).toEqual([groupScope, machineScope].map((scope) => scope.toLowerCase()));
    const disabled = requireWritablePlace(places, tenantId, placeOf({ subscriptionId: disabledId }));
    await expect(disabled).rejects.toMatchObject({ status: 409, code: 'ReadOnlyDisabledSubscription' });
  });
});
