import { locationOf, scopeOf } from '@holdfast/arm';
import type { Visibility } from '@holdfast/contracts';
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
import { listTenants } from '../tenant/list-tenants.ts';
import { cancelSubscription } from './cancel-subscription.ts';
import { getAlias } from './get-alias.ts';
import { getSubscription } from './get-subscription.ts';
import { listLocations } from './list-locations.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import { putAlias } from './put-alias.ts';
import { renameSubscription } from './rename-subscription.ts';

const newId = 'dddddddd-0000-4000-8000-00000000000a';
const request = { context: contextWith(), query: new Map<string, string>(), body: undefined };
const at = (id: string) => ({ ...request, parameters: { subscriptionId: id } });

describe('subscriptions', () => {
  const list = async (visibility: Visibility) => {
    const context = contextWith({ visibility });
    const { body } = await listSubscriptions(createResourcesWorld())({ ...request, context, parameters: {} });
    return (body as { value: { subscriptionId: string }[] }).value.map((each) => each.subscriptionId);
  };

  test.each<[string, Visibility, string[]]>([
    ['everything', 'everything', [subscriptionId, disabledId]],
    ['nothing', [], []],
    ['a subscription', [scopeOf(`/subscriptions/${disabledId}`)], [disabledId]],
    ['a group in it', [scopeOf(`/subscriptions/${disabledId}/resourceGroups/g`)], [disabledId]],
    ['the root', [scopeOf('/')], [subscriptionId, disabledId]],
    ['another tenant’s', [scopeOf(`/subscriptions/${foreignId}`)], []],
  ])('are listed where anything is granted: %s', async (_, visibility, ids) => {
    expect(await list(visibility)).toEqual(ids);
  });

  test('are found without letter case, and never across tenants', async () => {
    const world = createResourcesWorld();
    expect(await getSubscription(world)(at(subscriptionId.toUpperCase()))).toMatchObject({
      status: 200,
      body: { id: `/subscriptions/${subscriptionId}`, subscriptionId, tenantId, state: 'Enabled' },
    });
    await expect(getSubscription(world)(at(foreignId))).rejects.toMatchObject({
      status: 404,
      code: 'SubscriptionNotFound',
    });
    await expect(getSubscription(world)(at('x'))).rejects.toMatchObject({ status: 400 });
  });

  test('have the cloud’s locations', async () => {
    const { body } = await listLocations(createResourcesWorld())(at(subscriptionId));
    expect(body).toMatchObject({
      value: [
        { name: 'local' },
        { id: `/subscriptions/${subscriptionId}/locations/northsite`, displayName: 'North Site' },
      ],
    });
  });

  test('can be renamed, unless disabled', async () => {
    const world = createResourcesWorld();
    const rename = (id: string) => renameSubscription(world)({ ...at(id), body: { subscriptionName: 'New' } });
    expect(await rename(subscriptionId)).toMatchObject({ status: 200, body: { subscriptionId } });
    expect((await world.subscriptions.find(tenantId, subscriptionId))?.displayName).toBe('New');
    await expect(rename(disabledId)).rejects.toMatchObject({ code: 'ReadOnlyDisabledSubscription' });
  });

  test('can be cancelled when empty, so that no server loses its identity by it', async () => {
    const times = { createdAt: now, changedAt: now };
    const group = {
      tenantId,
      id: groupIdOf('g'),
      location: locationOf('local'),
      tags: {},
      managedBy: undefined,
      ...times,
      version: 1,
    };
    const full = createResourcesWorld([group]);
    await expect(cancelSubscription(full)(at(subscriptionId))).rejects.toMatchObject({ status: 409 });
    expect((await full.subscriptions.find(tenantId, subscriptionId))?.state).toBe('Enabled');
    const empty = createResourcesWorld();
    await cancelSubscription(empty)(at(subscriptionId));
    expect((await empty.subscriptions.find(tenantId, subscriptionId))?.state).toBe('Disabled');
  });
});

describe('an alias', () => {
  const put = (world: ReturnType<typeof createResourcesWorld>, properties: object, aliasName = 'Ours') =>
    putAlias(world)({ ...request, parameters: { aliasName }, body: { properties } });
  const idIn = ({ body }: { body?: unknown }) =>
    (body as { properties: { subscriptionId: string } }).properties.subscriptionId;

  test('makes a subscription once: asking again, in any letter case, gives the same one', async () => {
    const world = createResourcesWorld();
    const first = await put(world, { displayName: 'Servers' });
    expect(first).toMatchObject({
      status: 201,
      body: { name: 'Ours', properties: { provisioningState: 'Succeeded' } },
    });
    const again = await put(world, { displayName: 'Other words' }, 'OURS');
    expect([again.status, idIn(again)]).toEqual([200, idIn(first)]);
    expect(await put(world, { subscriptionId: idIn(first).toUpperCase() })).toMatchObject({ status: 200 });
    expect(await world.subscriptions.list(tenantId)).toHaveLength(3);
    expect(await getAlias(world)({ ...request, parameters: { aliasName: 'ours' } })).toMatchObject({
      status: 200,
      body: first.body as object,
    });
  });

  test('takes the id it is given, and is named after itself when it has no other name', async () => {
    const world = createResourcesWorld();
    expect(idIn(await put(world, { subscriptionId: newId }))).toBe(newId);
    expect((await world.subscriptions.list(tenantId)).at(-1)).toMatchObject({
      id: newId,
      displayName: 'Ours',
      state: 'Enabled',
      createdAt: now,
    });
  });

  test.each([
    [
      'another subscription than it has',
      { subscriptionId: newId },
      'Ours',
      { status: 409, entry: 'AliasAlreadyExists' },
    ],
    ['a subscription that exists', { subscriptionId }, 'Mine', { status: 409, entry: 'SubscriptionAlreadyExists' }],
    [
      'another tenant’s subscription',
      { subscriptionId: foreignId },
      'Mine',
      { status: 409, entry: 'SubscriptionAlreadyExists' },
    ],
    ['an id that is none', { subscriptionId: 'x' }, 'Mine', { status: 400, entry: 'InvalidSubscriptionId' }],
  ])('for %s is refused', async (_, properties, name, error) => {
    const world = createResourcesWorld();
    await put(world, {});
    await expect(put(world, properties, name)).rejects.toMatchObject(error);
    expect(await world.subscriptions.list(tenantId)).toHaveLength(3);
  });

  test('nobody made is 404', async () => {
    const answer = getAlias(createResourcesWorld())({ ...request, parameters: { aliasName: 'x' } });
    await expect(answer).rejects.toMatchObject({ status: 404, code: 'ResourceNotFound' });
  });
});

test('tenants: the caller’s own and no other', async () => {
  const own = await listTenants(createResourcesWorld())({ ...request, parameters: {} });
  expect(own.body).toMatchObject({ value: [{ tenantId, defaultDomain: 't.example', domains: ['t.example'] }] });
  const context = contextWith({ caller: { ...caller, tenantId: caller.objectId } });
  expect((await listTenants(createResourcesWorld())({ ...request, context, parameters: {} })).body).toEqual({
    value: [],
  });
});
