import { formatGroupId, formatResourceId, nameOf, scopeOf } from '@holdfast/arm';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putIdentity, putMachine, putWorld, type Some, type World } from '../world.ts';

type Stores = Some<
  | 'directoryWriter'
  | 'subscriptions'
  | 'resourceGroups'
  | 'machines'
  | 'managedIdentities'
  | 'roleAssignments'
  | 'connectedMachines'
>;

export const resourceGroupContract = (make: () => Promise<Stores>): void => {
  describe('resource group store', () => {
    const fixtures = createFixtures('resource-group');
    let stores: Stores;
    let world: World;
    beforeEach(async () => {
      stores = await make();
      world = await putWorld(stores, fixtures);
    });

    describe('resource groups', () => {
      test('a group is found without letter case and keeps its own', async () => {
        const group = fixtures.group(world.subscription, 'Rg-One', { tags: { Zone: 'a', b: '' }, managedBy: '/x' });
        expect(await stores.resourceGroups.insert(group)).toBe(true);
        const id = { ...group.id, group: nameOf('rG-oNE') };
        expect(await stores.resourceGroups.find(group.tenantId, id)).toEqual(group);
        expect(await stores.resourceGroups.find(group.tenantId, id, { lock: true })).toEqual(group);
        expect(await stores.resourceGroups.insert({ ...group, id })).toBe(false);
      });

      test('of two writers of one name exactly one is first', async () => {
        const inserts = ['race', 'RACE'].map((name) =>
          stores.resourceGroups.insert(fixtures.group(world.subscription, name)),
        );
        expect((await Promise.all(inserts)).sort()).toEqual([false, true]);
      });

      test('an update writes tags, managedBy and changedAt, and counts', async () => {
        const changedAt = new Date(fixtureTime.getTime() + 1000);
        const changed = { ...world.group, tags: { a: '1' }, managedBy: '/by', changedAt };
        await stores.resourceGroups.update({ ...changed, createdAt: changedAt });
        const found = await stores.resourceGroups.find(world.tenant.id, world.group.id);
        expect(found).toEqual({ ...changed, version: 2 });
      });

      test('another tenant neither sees, changes nor deletes it', async () => {
        const other = await putWorld(stores, fixtures);
        const foreign = { ...world.group, tenantId: other.tenant.id, managedBy: 'them' };
        const { tenantId, id } = foreign;
        await stores.resourceGroups.update(foreign);
        await stores.resourceGroups.delete(foreign);
        expect(await stores.resourceGroups.find(tenantId, id)).toBeUndefined();
        expect(await stores.resourceGroups.any(tenantId, id.subscriptionId)).toBe(false);
        expect(await stores.resourceGroups.list({ tenantId, subscriptionId: id.subscriptionId, limit: 9 })).toEqual([]);
        expect(await stores.resourceGroups.find(world.tenant.id, id)).toEqual(world.group);
      });

      test('a subscription has any group until the last one is deleted', async () => {
        const { tenantId, id } = world.group;
        expect(await stores.resourceGroups.any(tenantId, id.subscriptionId)).toBe(true);
        await stores.resourceGroups.delete(world.group);
        expect(await stores.resourceGroups.any(tenantId, id.subscriptionId)).toBe(false);
      });
    });

    describe('a list of resource groups', () => {
      const query = () => ({ tenantId: world.tenant.id, subscriptionId: world.subscription.id, limit: 100 });
      const names = async (more: object) => {
        const groups = await stores.resourceGroups.list({ ...query(), ...more });
        return groups.map((group) => group.id.group.text);
      };

      beforeEach(async () => {
        const tagged = { c: { Env: 'prod' }, B: { env: 'test' }, a: {} };
        for (const [name, tags] of Object.entries(tagged))
          await stores.resourceGroups.insert(fixtures.group(world.subscription, name, { tags }));
      });

      test.each([
        ['everything in the order of keys', {}, ['a', 'B', 'c', 'Group']],
        ['a page', { limit: 2 }, ['a', 'B']],
        ['the next page', { limit: 2, after: 'b' }, ['c', 'Group']],
        ['what may be seen', { groupKeys: ['c', 'b', 'unknown'] }, ['B', 'c']],
        ['nothing when nothing may be seen', { groupKeys: [] }, []],
        ['a tag by name without letter case', { tag: { name: 'ENV' } }, ['B', 'c']],
        ['a tag by name and value', { tag: { name: 'env', value: 'prod' } }, ['c']],
        ['no tag whose value differs in letter case', { tag: { name: 'env', value: 'PROD' } }, []],
      ])('gives %s', async (_what, more, expected) => {
        expect(await names(more)).toEqual(expected);
      });
    });

    describe('deleting a group', () => {
      const grantAt = async (scope: string, principalId = fixtures.id()) => {
        await stores.roleAssignments.insert({
          id: fixtures.id(),
          tenantId: world.tenant.id,
          roleId: fixtures.id(),
          principalId,
          scope: scopeOf(scope),
          createdAt: fixtureTime,
          createdBy: 'someone',
        });
        return principalId;
      };
      const grantsOf = async (principalId: ReturnType<typeof fixtures.id>) =>
        (await stores.roleAssignments.listOfPrincipal(world.tenant.id, principalId)).length;

      test('takes its machines, their identities, and the grants within it', async () => {
        const machine = fixtures.machine(world.group, 'm1');
        await putMachine(stores, machine);
        const groupId = formatGroupId(world.group.id);
        const within = [await grantAt(groupId), await grantAt(formatResourceId(machine.id))];
        const ofMachine = await grantAt(`/subscriptions/${world.subscription.id}`, machine.identity.principalId);
        const beyond = [await grantAt(`${groupId}-b/providers/x`), await grantAt(`${groupId}0`), await grantAt('/')];
        await stores.resourceGroups.delete(world.group);
        expect(await stores.resourceGroups.find(world.tenant.id, world.group.id)).toBeUndefined();
        expect(await stores.connectedMachines.find(machine.machineId)).toBeUndefined();
        expect(await Promise.all([...within, ofMachine].map(grantsOf))).toEqual([0, 0, 0]);
        expect(await Promise.all(beyond.map(grantsOf))).toEqual([1, 1, 1]);
        await putIdentity(stores, machine); // Would fail if the identity were still there.
      });

      test('leaves the machines of other groups', async () => {
        const other = fixtures.group(world.subscription, 'Group2');
        await stores.resourceGroups.insert(other);
        const machine = fixtures.machine(other, 'm1');
        await putMachine(stores, machine);
        await stores.resourceGroups.delete(world.group);
        expect(await stores.connectedMachines.find(machine.machineId)).toEqual(machine);
      });

      test('against a machine that is being put into it leaves neither behind', async () => {
        for (let round = 0; round < 10; round += 1) {
          const group = fixtures.group(world.subscription, `round${round}`);
          await stores.resourceGroups.insert(group);
          const machine = fixtures.machine(group, 'late');
          await putIdentity(stores, machine);
          await Promise.allSettled([stores.machines.insert(machine), stores.resourceGroups.delete(group)]);
          expect(await stores.connectedMachines.find(machine.machineId)).toBeUndefined();
          expect(await stores.machines.find(group.tenantId, machine.id)).toBeUndefined();
        }
      });
    });
  });
};
