import { locationOf, nameOf } from '@holdfast/arm';
import { describe, expect, test } from 'vitest';
import {
  caller,
  contextWith,
  createResourcesWorld,
  disabledId,
  foreignId,
  groupIdOf,
  now,
  subscriptionId,
  tenantId,
} from '../resources-world.test-support.ts';
import { deleteResourceGroup } from './delete-resource-group.ts';
import { getOperationResult } from './get-operation-result.ts';
import { checkResourceGroup, getResourceGroup } from './get-resource-group.ts';
import { patchResourceGroup } from './patch-resource-group.ts';
import { putResourceGroup } from './put-resource-group.ts';
import type { ResourceGroup } from './resource-group.ts';

const existing: ResourceGroup = {
  tenantId,
  id: groupIdOf('Servers'),
  location: locationOf('local'),
  tags: { a: '1' },
  managedBy: '/m',
  createdAt: new Date(0),
  changedAt: new Date(0),
  version: 4,
};
const request = (group = 'servers', subscription: string = subscriptionId, conditions = {}) => ({
  context: contextWith({ conditions }),
  parameters: { subscriptionId: subscription, resourceGroupName: group },
  query: new Map<string, string>(),
});
const none = { body: undefined };

describe('PUT', () => {
  test('makes a group: 201, in the case it was written in', async () => {
    const world = createResourcesWorld();
    const answer = await putResourceGroup(world)({
      ...request('New-Rg'),
      body: { location: 'North Site', tags: { x: 'y' } },
    });
    expect(answer).toMatchObject({
      status: 201,
      etag: '"1"',
      body: {
        id: `/subscriptions/${subscriptionId}/resourceGroups/New-Rg`,
        name: 'New-Rg',
        type: 'Microsoft.Resources/resourceGroups',
        location: 'northsite',
        tags: { x: 'y' },
        properties: { provisioningState: 'Succeeded' },
      },
    });
    expect(world.groups.all()).toMatchObject([{ tenantId, createdAt: now, managedBy: undefined }]);
  });

  test('replaces tags and manager of a group that exists: 200, its own case and dates kept', async () => {
    const world = createResourcesWorld([existing]);
    const answer = await putResourceGroup(world)({ ...request('SERVERS'), body: { location: 'Local' } });
    expect(answer).toMatchObject({ status: 200, etag: '"5"', body: { name: 'Servers', tags: {} } });
    expect(world.groups.all()).toEqual([{ ...existing, tags: {}, managedBy: undefined, changedAt: now, version: 5 }]);
  });

  test('of the second of two who make it at once is 200 with the one group', async () => {
    const world = createResourcesWorld([existing]);
    const looks = [undefined];
    const groups: typeof world.groups = {
      ...world.groups,
      find: async (...of) => (looks.length > 0 ? looks.pop() : world.groups.find(...of)),
    };
    const answer = await putResourceGroup({ ...world, groups })({ ...request(), body: { location: 'local' } });
    expect(answer).toMatchObject({ status: 200, body: { name: 'Servers' } });
  });

  test.each<[string, ReturnType<typeof request>, object, object]>([
    ['no location', request('g'), {}, { status: 400, code: 'LocationRequired' }],
    [
      'an unknown location',
      request('g'),
      { location: 'mars' },
      { status: 400, code: 'LocationNotAvailableForResourceGroup' },
    ],
    ['another location', request(), { location: 'northsite' }, { status: 409, code: 'InvalidResourceGroupLocation' }],
    ['an impossible name', request('ends.'), { location: 'local' }, { status: 400, code: 'InvalidResourceGroupName' }],
    ['too many tags', request('g'), { location: 'local', tags: { '': '' } }, { status: 400, code: 'InvalidTag' }],
    [
      'a disabled subscription',
      request('g', disabledId),
      { location: 'local' },
      { status: 409, code: 'ReadOnlyDisabledSubscription' },
    ],
    [
      'another tenant’s subscription',
      request('g', foreignId),
      { location: 'local' },
      { status: 404, code: 'SubscriptionNotFound' },
    ],
    [
      'a subscription that is none',
      request('g', 'x'),
      { location: 'local' },
      { status: 400, code: 'InvalidSubscriptionId' },
    ],
    [
      'If-None-Match: *',
      request('servers', subscriptionId, { ifNoneMatch: '*' }),
      { location: 'local' },
      { status: 412 },
    ],
    [
      'If-Match on another state',
      request('servers', subscriptionId, { ifMatch: '"3"' }),
      { location: 'local' },
      { status: 412 },
    ],
    [
      'If-Match on a missing group',
      request('g', subscriptionId, { ifMatch: '*' }),
      { location: 'local' },
      { status: 412 },
    ],
  ])('with %s changes nothing', async (_, sent, body, error) => {
    const world = createResourcesWorld([existing]);
    await expect(putResourceGroup(world)({ ...sent, body })).rejects.toMatchObject(error);
    expect(world.groups.all()).toEqual([existing]);
  });
});

describe('PATCH', () => {
  test.each([
    [{}, { a: '1' }, '/m'],
    [{ tags: { b: '2' } }, { b: '2' }, '/m'],
    [{ tags: {} }, {}, '/m'],
    [{ managedBy: '/n' }, { a: '1' }, '/n'],
  ])('%j replaces what it names and keeps the rest', async (body, tags, managedBy) => {
    const world = createResourcesWorld([existing]);
    const answer = await patchResourceGroup(world)({ ...request(), body });
    expect(answer).toMatchObject({ status: 200, etag: '"5"', body: { tags, managedBy } });
    expect(world.groups.all()).toEqual([{ ...existing, tags, managedBy, changedAt: now, version: 5 }]);
  });

  test.each<[string, ReturnType<typeof request>, object]>([
    ['a missing group', request('g'), { status: 404, code: 'ResourceGroupNotFound' }],
    ['another state', request('servers', subscriptionId, { ifMatch: '"3"' }), { status: 412 }],
    ['a disabled subscription', request('servers', disabledId), { status: 409 }],
  ])('on %s changes nothing', async (_, sent, error) => {
    const world = createResourcesWorld([existing]);
    await expect(patchResourceGroup(world)({ ...sent, body: { tags: {} } })).rejects.toMatchObject(error);
    expect(world.groups.all()).toEqual([existing]);
  });
});

describe('DELETE', () => {
  test('is 202, done when it is announced, and leaves an operation for its starter to poll', async () => {
    const world = createResourcesWorld([existing]);
    const { status, headers } = await deleteResourceGroup(world)({ ...request(), ...none });
    expect([status, headers?.['retry-after'], world.groups.all()]).toEqual([202, '1', []]);
    const location = new URL(String(headers?.['location']));
    expect(location.origin).toBe('https://arm.example:8443');
    expect(location.searchParams.get('api-version')).toBe('2021-04-01');
    const operationId = location.pathname.split('/').at(-1) ?? '';
    const ask = { ...request(), parameters: { subscriptionId, operationId }, ...none };
    expect(await getOperationResult(world)(ask)).toEqual({ status: 200 });
    const other = { ...ask, context: contextWith({ caller: { ...caller, objectId: tenantId } }) };
    await expect(getOperationResult(world)(other)).rejects.toMatchObject({ status: 404 });
  });

  test('of a missing group is 404, of a changed one 412', async () => {
    const world = createResourcesWorld([existing]);
    await expect(deleteResourceGroup(world)({ ...request('g'), ...none })).rejects.toMatchObject({
      code: 'ResourceGroupNotFound',
    });
    const changed = request('servers', subscriptionId, { ifMatch: '"3"' });
    await expect(deleteResourceGroup(world)({ ...changed, ...none })).rejects.toMatchObject({ status: 412 });
    expect(world.groups.all()).toEqual([existing]);
  });
});

describe('reading', () => {
  test('GET answers with the group, or says what is missing', async () => {
    const world = createResourcesWorld([existing]);
    expect(await getResourceGroup(world)({ ...request(), ...none })).toMatchObject({
      status: 200,
      etag: '"4"',
      body: { name: 'Servers' },
    });
    await expect(getResourceGroup(world)({ ...request('g'), ...none })).rejects.toMatchObject({
      code: 'ResourceGroupNotFound',
    });
    await expect(getResourceGroup(world)({ ...request('g', foreignId), ...none })).rejects.toMatchObject({
      code: 'SubscriptionNotFound',
    });
  });

  test.each([
    ['SERVERS', 204],
    ['g', 404],
  ])('HEAD of %s is %i, without an error', async (name, status) => {
    expect(await checkResourceGroup(createResourcesWorld([existing]))({ ...request(name), ...none })).toEqual({
      status,
    });
  });

  test('finds nothing in another subscription or tenant', async () => {
    const elsewhere = { ...existing, tenantId: caller.objectId };
    const world = createResourcesWorld([
      elsewhere,
      { ...existing, id: { subscriptionId: disabledId, group: nameOf('servers') } },
    ]);
    await expect(getResourceGroup(world)({ ...request(), ...none })).rejects.toMatchObject({ status: 404 });
  });
});
