import { generateKeyPairSync } from 'node:crypto';
import { apiVersion } from '@holdfast/arm';
import type { BodyOf, machineOperations, RequestContext } from '@holdfast/contracts';
import { unwrap } from '@holdfast/kernel';
import { createFixtures, fixtureFacts } from '@holdfast/testkit';
import { describe, expect, test } from 'vitest';
import { parseIdentityKey } from './identity-key.ts';
import type { Machine } from './machine.ts';
import {
  caller,
  contextWith,
  createMachineWorld,
  disabledId,
  group,
  now,
  subscriptionId,
  tenantId,
} from './machine-world.test-support.ts';
import { putMachine } from './put-machine.ts';

type Body = BodyOf<typeof machineOperations.Machines_CreateOrUpdate>;
interface Sent {
  readonly at?: Partial<{ subscriptionId: string; resourceGroupName: string; machineName: string }>;
  readonly context?: Partial<RequestContext<typeof caller>>;
}

const newKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .publicKey.export({ format: 'der', type: 'spki' })
    .toString('base64');
const [key, otherKey] = [newKey(), newKey()];
const vmId = 'eeeeeeee-0000-4000-8000-000000000001';
const otherVmId = 'eeeeeeee-0000-4000-8000-000000000002';
/** As the agent sends it when it connects. */
const connecting: Body = { location: 'local', properties: { vmId, clientPublicKey: key } };

const worldWith = (machines: readonly Machine[] = []) => {
  const world = createMachineWorld(machines);
  const handler = putMachine(world);
  const put = (body: Body, { at, context }: Sent = {}) =>
    handler({
      context: contextWith(context),
      parameters: { subscriptionId, resourceGroupName: 'servers', machineName: 'Web-01', ...at },
      query: new Map(),
      body,
    });
  const only = (): Machine => {
    const [machine, ...others] = world.machines.all();
    if (machine === undefined || others.length > 0) throw new Error(`there are ${others.length} other machines`);
    return machine;
  };
  return { ...world, put, only };
};
const propertiesOf = ({ body }: { body?: unknown }) => (body as { properties: Record<string, unknown> }).properties;

describe('a first PUT', () => {
  test('creates a machine with an identity of its own, and is 200', async () => {
    const world = worldWith();
    const answer = await world.put(connecting);
    expect(answer).toMatchObject({
      status: 200,
      etag: '"1"',
      body: { name: 'Web-01', location: 'local', properties: { vmId, clientPublicKey: key } },
    });
    const machine = world.only();
    expect(machine).toMatchObject({
      tenantId,
      version: 1,
      key: { publicKey: key },
      liveness: { lastHeartbeatAt: undefined },
    });
    expect(machine.systemData).toMatchObject({ createdBy: 'ci', createdByType: 'Application', createdAt: now });
    expect([...world.identities.principals]).toEqual([machine.identity.principalId]);
  });

  test('names the group as its creator wrote it', async () => {
    const { body } = await worldWith().put(connecting, { at: { resourceGroupName: 'SERVERS' } });
    expect(body).toMatchObject({ id: expect.stringContaining('/resourceGroups/Servers/') });
  });

  test('needs neither VM id nor key: a machine can be prepared for a server that connects later', async () => {
    const world = worldWith();
    await world.put({ location: 'North Site', properties: { vmId: '', clientPublicKey: '' } });
    expect(world.only()).toMatchObject({
      location: 'northsite',
      key: undefined,
      vmId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test.each<[string, Body, Sent, object]>([
    [
      'an unknown subscription',
      connecting,
      { at: { subscriptionId: vmId } },
      { status: 404, code: 'SubscriptionNotFound' },
    ],
    [
      'a subscription of another tenant',
      connecting,
      { context: { caller: { ...caller, tenantId: caller.objectId } } },
      { status: 404, code: 'SubscriptionNotFound' },
    ],
    [
      'a malformed subscription',
      connecting,
      { at: { subscriptionId: 'x' } },
      { status: 400, code: 'InvalidSubscriptionId' },
    ],
    [
      'a disabled subscription',
      connecting,
      { at: { subscriptionId: disabledId } },
      { status: 409, code: 'ReadOnlyDisabledSubscription' },
    ],
    [
      'a missing group',
      connecting,
      { at: { resourceGroupName: 'nowhere' } },
      { status: 404, code: 'ResourceGroupNotFound' },
    ],
    ['an impossible name', connecting, { at: { machineName: 'a b' } }, { status: 400, code: 'InvalidResourceName' }],
    [
      'a name too long',
      connecting,
      { at: { machineName: 'x'.repeat(55) } },
      { status: 400, code: 'InvalidResourceName' },
    ],
    ['no location', { properties: {} }, {}, { status: 400, code: 'LocationRequired' }],
    [
      'an unknown location',
      { location: 'mars' },
      {},
      {
        status: 400,
        code: 'LocationNotAvailableForResourceType',
        message: expect.stringContaining("'local,northsite'"),
      },
    ],
    [
      'a VM id that is none',
      { location: 'local', properties: { vmId: '7' } },
      {},
      { status: 400, target: 'properties.vmId' },
    ],
    [
      'a key that is none',
      { location: 'local', properties: { clientPublicKey: 'AAAA' } },
      {},
      { status: 400, target: 'properties.clientPublicKey' },
    ],
    ['tags beyond the rules', { location: 'local', tags: { 'a/b': 'c' } }, {}, { status: 400, code: 'InvalidTag' }],
    ['If-Match', connecting, { context: { conditions: { ifMatch: '*' } } }, { status: 412 }],
  ])('with %s changes nothing', async (_, body, sent, error) => {
    const world = worldWith();
    await expect(world.put(body, sent)).rejects.toMatchObject(error);
    expect([world.machines.all(), world.identities.principals.size]).toEqual([[], 0]);
  });

  test('with the key of another machine is 409 and makes no identity', async () => {
    const world = worldWith();
    await world.put(connecting);
    const again = world.put(
      { ...connecting, properties: { vmId: otherVmId, clientPublicKey: key } },
      { at: { machineName: 'web-02' } },
    );
    await expect(again).rejects.toMatchObject({ status: 409, entry: 'MachineKeyInUse' });
    expect([world.machines.all().length, world.identities.principals.size]).toEqual([1, 1]);
  });
});

describe('a repeated connect', () => {
  test('with the same VM id and key finds its machine: one resource, one identity', async () => {
    const world = worldWith();
    await world.put(connecting);
    const before = world.only();
    const answer = await world.put(connecting, { at: { machineName: 'WEB-01' } });
    expect(answer).toMatchObject({ status: 200, etag: '"2"', body: { name: 'Web-01' } });
    const { machineId, identity, key: held } = world.only();
    expect({ machineId, identity, key: held }).toEqual({
      machineId: before.machineId,
      identity: before.identity,
      key: before.key,
    });
    expect(world.identities.principals.size).toBe(1);
  });

  test('that lost the race for the name ends at the winner’s machine', async () => {
    const world = worldWith();
    await world.put(connecting);
    const winner = world.only();
    // The winner commits after this request looked for the name.
    const looks = [undefined];
    const late: typeof world.machines = {
      ...world.machines,
      find: async (...of) => (looks.length > 0 ? looks.pop() : world.machines.find(...of)),
    };
    const handler = putMachine({ ...world, machines: late });
    const parameters = { subscriptionId, resourceGroupName: 'servers', machineName: 'Web-01' };
    expect(await handler({ context: contextWith(), parameters, query: new Map(), body: connecting })).toMatchObject({
      status: 200,
      etag: '"2"',
    });
    expect(world.only().machineId).toBe(winner.machineId);
  });

  test.each<[string, Body, object]>([
    [
      'another VM id',
      { location: 'local', properties: { vmId: otherVmId, clientPublicKey: key } },
      { status: 409, code: 'Conflict' },
    ],
    [
      'another key',
      { location: 'local', properties: { vmId, clientPublicKey: otherKey } },
      { status: 409, code: 'Conflict' },
    ],
    ['another location', { ...connecting, location: 'northsite' }, { status: 409, code: 'InvalidResourceLocation' }],
  ])('with %s is 409 and changes nothing', async (_, body, error) => {
    const world = worldWith();
    await world.put(connecting);
    const before = world.only();
    await expect(world.put(body)).rejects.toMatchObject(error);
    expect(world.only()).toEqual(before);
  });

  test('takes up a key where a machine was prepared without one, unless another machine has it', async () => {
    const world = worldWith();
    await world.put({ location: 'local', properties: { vmId } });
    await world.put(connecting);
    expect(world.only().key).toEqual(unwrap(parseIdentityKey(key)));
    await world.put({ location: 'local' }, { at: { machineName: 'web-02' } });
    const stolen = world.put(
      { location: 'local', properties: { clientPublicKey: key } },
      { at: { machineName: 'web-02' } },
    );
    await expect(stolen).rejects.toMatchObject({ status: 409, entry: 'MachineKeyInUse' });
  });
});

describe('a PUT on a machine that is connected', () => {
  const fixtures = createFixtures('put-machine');
  const tenant = fixtures.tenant({ id: tenantId });
  const subscription = fixtures.subscription(tenant, { id: subscriptionId });
  const connected = fixtures.machine(fixtures.group(subscription, 'Servers', { id: group }), 'Web-01', {
    tags: { old: '1' },
    kind: 'HCI',
    settings: { locationData: { name: 'Rack 7' } },
    facts: fixtureFacts,
    liveness: {
      agentVersion: '1.0',
      lastHeartbeatAt: now,
      connectedSince: now,
      certificateNotAfter: new Date('2026-06-01'),
      clone: undefined,
    },
  });

  test('as az does it, with the read-only properties stripped, keeps everything reported and fixed', async () => {
    const world = worldWith([connected]);
    const answer = await world.put({
      location: connected.location,
      tags: { new: '2' },
      properties: { hardwareResourceId: '/h' },
    });
    expect(world.only()).toEqual({
      ...connected,
      tags: { new: '2' },
      settings: expect.objectContaining({ hardwareResourceId: '/h' }),
      systemData: {
        ...connected.systemData,
        lastModifiedBy: 'ci',
        lastModifiedByType: 'Application',
        lastModifiedAt: now,
      },
      version: 2,
    });
    expect(propertiesOf(answer)).toMatchObject({
      osName: 'linux',
      status: 'Connected',
      vmId: connected.vmId,
      hardwareResourceId: '/h',
    });
  });

  test('replaces what people set, and leaves location and kind alone when it does not name them', async () => {
    const world = worldWith([connected]);
    await world.put({});
    expect(world.only()).toMatchObject({ tags: {}, kind: 'HCI', location: connected.location });
    expect(world.only().settings.locationData).toBeUndefined();
  });

  test.each([
    [{ ifMatch: '"1"' }, undefined],
    [{ ifMatch: '"9"' }, 412],
    [{ ifNoneMatch: '*' }, 412],
  ])('under the condition %j', async (conditions, status) => {
    const world = worldWith([connected]);
    const answer = world.put({ tags: {} }, { context: { conditions } });
    if (status === undefined) expect((await answer).etag).toBe('"2"');
    else await expect(answer).rejects.toMatchObject({ status });
    expect(world.only().version).toBe(status === undefined ? 2 : 1);
  });

  test('answers in the shape of the version asked for', async () => {
    const answer = await worldWith([connected]).put({}, { context: { apiVersion: apiVersion('2021-05-20') } });
    expect(propertiesOf(answer).hardwareProfile).toBeUndefined();
  });
});
