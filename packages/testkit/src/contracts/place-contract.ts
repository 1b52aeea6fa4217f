import { nameOf } from '@holdfast/arm';
import type { Machine } from '@holdfast/provider-hybrid-compute';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures } from '../fixtures.ts';
import { putMachine, putWorld, type Some, type World } from '../world.ts';

type Stores = Some<
  'directoryWriter' | 'subscriptions' | 'resourceGroups' | 'managedIdentities' | 'machines' | 'principals' | 'places'
>;

export const placeContract = (make: () => Promise<Stores>): void => {
  describe('places and holders of grants', () => {
    const fixtures = createFixtures('place');
    let stores: Stores;
    let world: World;
    let machine: Machine;
    beforeEach(async () => {
      stores = await make();
      world = await putWorld(stores, fixtures);
      machine = fixtures.machine(world.group, 'Web-1');
      await putMachine(stores, machine);
    });

    const placeOf = (
      way: readonly (readonly [type: string, name: string])[],
      namespace = 'microsoft.HybridCompute',
    ) => ({
      groupId: world.group.id,
      namespace,
      types: way.map(([type]) => type),
      names: way.map(([, name]) => nameOf(name)),
    });

    test('a machine is a place, however it is spelled', async () => {
      const { places } = stores;
      const { id } = world.tenant;
      for (const lock of [false, true])
        expect(await places.hasResource(id, placeOf([['Machines', 'WEB-1']]), { lock })).toBe(true);
      expect(await places.findGroup(id, world.group.id)).toEqual(world.group.id);
      expect(await places.findSubscription(id, world.subscription.id)).toEqual({ state: 'Enabled' });
    });

    test.each([
      ['another machine', [['machines', 'web-2']], undefined],
      ['another type', [['licenses', 'web-1']], undefined],
      ['another provider', [['machines', 'web-1']], 'Microsoft.Compute'],
      [
        'what is within a machine',
        [
          ['machines', 'web-1'],
          ['extensions', 'web-1'],
        ],
        undefined,
      ],
    ] as const)('%s is none', async (_, way, namespace) => {
      expect(await stores.places.hasResource(world.tenant.id, placeOf(way, namespace))).toBe(false);
    });

    test("another tenant's machine is none", async () => {
      expect(await stores.places.hasResource(fixtures.id(), placeOf([['machines', 'web-1']]))).toBe(false);
    });

    test('whoever is in the directory can hold grants, in its own tenant', async () => {
      const user = fixtures.user(world.tenant);
      await stores.directoryWriter.createUser(user);
      const { principals } = stores;
      expect(await principals.find(world.tenant.id, user.id)).toEqual({ kind: 'User' });
      expect(await principals.find(world.tenant.id, machine.identity.principalId)).toEqual({
        kind: 'ServicePrincipal',
      });
      expect(await principals.find(fixtures.id(), user.id)).toBeUndefined();
      expect(await principals.find(world.tenant.id, fixtures.id())).toBeUndefined();
    });
  });
};
