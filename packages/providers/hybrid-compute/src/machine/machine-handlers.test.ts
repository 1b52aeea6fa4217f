import { apiVersion, scopeOf } from '@holdfast/arm';
import type { Visibility } from '@holdfast/contracts';
import { createFixtures } from '@holdfast/testkit';
import { describe, expect, test } from 'vitest';
import { getOperationOutcome, getOperationStatus } from '../operation/get-operation.ts';
import { deleteMachine } from './delete-machine.ts';
import { getMachine } from './get-machine.ts';
import { listMachinesOfGroup, listMachinesOfSubscription } from './list-machines.ts';
import {
  caller,
  contextWith,
  createMachineWorld,
  group,
  now,
  subscriptionId,
  tenantId,
} from './machine-world.test-support.ts';
import { patchMachine } from './patch-machine.ts';

const fixtures = createFixtures('machine-handlers');
const subscription = fixtures.subscription(fixtures.tenant({ id: tenantId }), { id: subscriptionId });
const servers = fixtures.group(subscription, 'Servers', { id: group });
const machine = fixtures.machine(servers, 'Web-01', {
  tags: { a: '1' },
  settings: { locationData: { name: 'Rack 7' } },
});
const parameters = { subscriptionId, resourceGroupName: 'SERVERS', machineName: 'web-01' };
const query = new Map<string, string>();
const none = { query, body: undefined };

describe('GET', () => {
  test('answers with the machine and its tag', async () => {
    const answer = await getMachine(createMachineWorld([machine]))({ context: contextWith(), parameters, ...none });
    expect(answer).toMatchObject({ status: 200, etag: '"1"', body: { name: 'Web-01' } });
  });

  test.each([
    [{ subscriptionId: tenantId }, 'SubscriptionNotFound'],
    [{ resourceGroupName: 'x' }, 'ResourceGroupNotFound'],
    [{ machineName: 'x' }, 'ResourceNotFound'],
  ])('without %j names the first thing missing: %s', async (change, code) => {
    const request = { context: contextWith(), parameters: { ...parameters, ...change }, ...none };
    await expect(getMachine(createMachineWorld([machine]))(request)).rejects.toMatchObject({ status: 404, code });
  });

  test('finds nothing of another tenant', async () => {
    const context = contextWith({ caller: { ...caller, tenantId: caller.objectId } });
    const answer = getMachine(createMachineWorld([machine]))({ context, parameters, ...none });
    await expect(answer).rejects.toMatchObject({ status: 404, code: 'SubscriptionNotFound' });
  });
});

describe('PATCH', () => {
  const patch = async (body: object, conditions = {}) => {
    const world = createMachineWorld([machine]);
    const answer = await patchMachine(world)({ context: contextWith({ conditions }), parameters, query, body });
    return { answer, after: world.machines.all()[0] };
  };

  test.each([
    [{}, { a: '1' }, 'Rack 7'],
    [{ tags: { b: '2' } }, { b: '2' }, 'Rack 7'],
    [{ tags: {} }, {}, 'Rack 7'],
    [{ properties: { locationData: { name: 'Rack 8' } } }, { a: '1' }, 'Rack 8'],
  ])('%j replaces what it names and keeps the rest', async (body, tags, rack) => {
    const { answer, after } = await patch(body);
    expect(answer).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { tags, properties: { locationData: { name: rack } } },
    });
    expect(after).toMatchObject({ tags, key: machine.key, systemData: { lastModifiedBy: 'ci', lastModifiedAt: now } });
  });

  test('on a changed machine is 412, on a missing one 404', async () => {
    await expect(patch({}, { ifMatch: '"7"' })).rejects.toMatchObject({ status: 412 });
    const request = { context: contextWith(), parameters, query, body: {} };
    await expect(patchMachine(createMachineWorld())(request)).rejects.toMatchObject({
      status: 404,
      code: 'ResourceNotFound',
    });
  });
});

describe('DELETE', () => {
  const remove = (world: ReturnType<typeof createMachineWorld>, version: string, conditions = {}) =>
    deleteMachine(world)({
      context: contextWith({ apiVersion: apiVersion(version), conditions }),
      parameters,
      ...none,
    });

  test('removes the machine and its identity', async () => {
    const world = createMachineWorld([machine]);
    world.identities.principals.add(machine.identity.principalId);
    expect(await remove(world, '2024-07-10')).toEqual({ status: 200 });
    expect([world.machines.all(), world.identities.principals.size]).toEqual([[], 0]);
  });

  test('of what is not there is 204, whatever the condition says', async () => {
    expect(await remove(createMachineWorld(), '2024-07-10', { ifMatch: '*' })).toEqual({ status: 204 });
  });

  test('of a machine that changed meanwhile is 412 and removes nothing', async () => {
    const world = createMachineWorld([machine]);
    await expect(remove(world, '2026-07-15', { ifMatch: '"7"' })).rejects.toMatchObject({ status: 412 });
    expect(world.machines.all()).toEqual([machine]);
  });

  test('is a long-running operation in newer versions, finished when it is announced, and its starter’s alone', async () => {
    const world = createMachineWorld([machine]);
    const { status, headers = {} } = await remove(world, '2026-07-15');
    expect([status, headers['retry-after']]).toEqual([202, '1']);
    const { pathname, searchParams } = new URL(String(headers['azure-asyncoperation']));
    expect(searchParams.get('api-version')).toBe('2026-07-15');
    expect(String(headers['location'])).toContain(pathname.replace('operationstatus', 'operationresults'));
    const at = { subscriptionId, location: machine.location, operationId: pathname.split('/').at(-1) ?? '' };
    const ask = { context: contextWith(), parameters: at, ...none };
    expect(await getOperationStatus(world)(ask)).toMatchObject({
      status: 200,
      body: { name: at.operationId, status: 'Succeeded' },
    });
    expect(await getOperationOutcome(world)(ask)).toEqual({ status: 200 });
    const other = { ...ask, context: contextWith({ caller: { ...caller, objectId: tenantId } }) };
    await expect(getOperationStatus(world)(other)).rejects.toMatchObject({ status: 404 });
    await expect(getOperationOutcome(world)({ ...ask, parameters: { ...at, operationId: 'x' } })).rejects.toMatchObject(
      { status: 404 },
    );
  });
});

describe('a running operation', () => {
  test('is 200 InProgress at its status, 202 at its result, and says where to ask again', async () => {
    const world = createMachineWorld();
    const operation = fixtures.operation({ state: 'InProgress', endedAt: undefined, result: undefined });
    await world.operations.insert({ tenantId, subscriptionId, principalId: caller.objectId }, operation);
    const at = { subscriptionId, location: 'local', operationId: operation.id };
    const ask = { context: contextWith(), parameters: at, ...none };
    const links = { location: expect.any(String), 'azure-asyncoperation': expect.any(String), 'retry-after': '1' };
    expect(await getOperationStatus(world)(ask)).toMatchObject({
      status: 200,
      body: { status: 'InProgress' },
      headers: links,
    });
    expect(await getOperationOutcome(world)(ask)).toEqual({ status: 202, headers: links });
  });
});

describe('lists', () => {
  const other = fixtures.group(subscription, 'alpha');
  const machines = [
    fixtures.machine(servers, 'b'),
    fixtures.machine(servers, 'A'),
    fixtures.machine(servers, 'c'),
    fixtures.machine(other, 'z'),
  ];
  const page = async (visibility: Visibility, more: { query?: [string, string][]; group?: boolean } = {}) => {
    const request = { context: contextWith({ visibility }), query: new Map(more.query ?? []), body: undefined };
    const world = createMachineWorld(machines);
    const { body } = await (more.group === true
      ? listMachinesOfGroup(world)({ ...request, parameters })
      : listMachinesOfSubscription(world)({ ...request, parameters }));
    const { value, nextLink } = body as { value: { name: string }[]; nextLink?: string };
    return { names: value.map(({ name }) => name), nextLink };
  };
  const base = `/subscriptions/${subscriptionId}`;

  test('are ordered by group and name', async () => {
    expect((await page('everything')).names).toEqual(['z', 'A', 'b', 'c']);
    expect((await page('everything', { group: true })).names).toEqual(['A', 'b', 'c']);
  });

  test.each<[string, string[], string[]]>([
    ['nothing', [], []],
    ['a group', [`${base}/resourceGroups/SERVERS`], ['A', 'b', 'c']],
    ['one machine', [`${base}/resourceGroups/servers/providers/Microsoft.HybridCompute/machines/B`], ['b']],
    [
      'a group and a machine',
      [`${base}/resourceGroups/alpha`, `${base}/resourceGroups/servers/providers/Microsoft.HybridCompute/machines/c`],
      ['z', 'c'],
    ],
    [
      'something below a machine',
      [`${base}/resourceGroups/servers/providers/Microsoft.HybridCompute/machines/b/extensions/e`],
      [],
    ],
  ])('hold only what is granted: %s', async (_, scopes, names) => {
    expect((await page(scopes.map(scopeOf))).names).toEqual(names);
  });

  test.each([true, false])('can be walked page by page, each machine once (in a group: %s)', async (inGroup) => {
    const seen: string[] = [];
    let link: string | undefined = 'https://arm.example/first?$top=2';
    while (link !== undefined) {
      const asked: URL = new URL(link);
      const query = [...asked.searchParams].map(([name, value]): [string, string] => [name.toLowerCase(), value]);
      const { names, nextLink } = await page('everything', { query, group: inGroup });
      expect(names.length).toBeLessThanOrEqual(2);
      seen.push(...names);
      link = nextLink;
    }
    expect(seen).toEqual(inGroup ? ['A', 'b', 'c'] : ['z', 'A', 'b', 'c']);
  });

  test('of a subscription or group that is not there are 404', async () => {
    const request = { context: contextWith(), query, body: undefined };
    const gone = { ...parameters, resourceGroupName: 'gone' };
    await expect(listMachinesOfGroup(createMachineWorld())({ ...request, parameters: gone })).rejects.toMatchObject({
      status: 404,
    });
    await expect(
      listMachinesOfSubscription(createMachineWorld())({ ...request, parameters: { subscriptionId: tenantId } }),
    ).rejects.toMatchObject({ status: 404, code: 'SubscriptionNotFound' });
  });
});
