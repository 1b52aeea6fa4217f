import { rootScope, type Scope, scopeOf } from '@holdfast/arm';
import type { Group } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import type { Some } from '../world.ts';

type Stores = Some<'directoryWriter' | 'users' | 'groups' | 'memberships' | 'roleAssignments'>;

const later = new Date(fixtureTime.getTime() + 1000);
const spelled = '/subscriptions/S/resourceGroups/G_%';
const above = scopeOf('/subscriptions/S');
const here = scopeOf(spelled);
const below = scopeOf(`${spelled}/providers/P/t/n`);
/** Begins as `here` does, and is not below it. */
const beside = scopeOf(`${spelled}x`);

export const roleAssignmentContract = (make: () => Promise<Stores>): void => {
  describe('role assignment store', () => {
    const fixtures = createFixtures('role-assignment');
    let stores: Stores;
    let tenantId: Uuid;
    beforeEach(async () => {
      stores = await make();
      tenantId = await newTenant();
    });

    const newTenant = async (): Promise<Uuid> => {
      const tenant = fixtures.tenant();
      await stores.directoryWriter.createTenant(tenant);
      return tenant.id;
    };

    const newGroup = async (): Promise<Group> => {
      const names = { displayName: 'Team', description: undefined, mailNickname: 'team' };
      const group = { id: fixtures.id(), tenantId, ...names, createdAt: fixtureTime };
      await stores.groups.insert(group);
      return group;
    };

    const granted = async (scope: Scope = rootScope, principalId = fixtures.id()) => {
      const held = { id: fixtures.id(), roleId: fixtures.id(), principalId, scope };
      const assignment = { ...held, tenantId, createdAt: fixtureTime, createdBy: 'someone' };
      expect(await stores.roleAssignments.insert(assignment)).toBe(true);
      return { held, assignment };
    };

    describe('role assignments', () => {
      test('a principal holds what was granted until all of it is taken', async () => {
        const { held } = await granted();
        const { held: further } = await granted(here, held.principalId);
        expect(await stores.roleAssignments.listOfPrincipal(tenantId, held.principalId)).toEqual([held, further]);
        await stores.roleAssignments.deleteOfPrincipal(tenantId, held.principalId);
        expect(await stores.roleAssignments.listOfPrincipal(tenantId, held.principalId)).toEqual([]);
      });

      test('the same grant, or the same id, is taken only once', async () => {
        const { assignment } = await granted();
        const again = { ...assignment, roleId: fixtures.id() };
        const inserts = [fixtures.id(), fixtures.id()].map((id) => ({ ...again, id }));
        const done = await Promise.all(inserts.map(stores.roleAssignments.insert));
        expect(done.sort()).toEqual([false, true]);
        const sameId = { ...assignment, principalId: fixtures.id() };
        expect(await stores.roleAssignments.insert(sameId)).toBe(false);
        expect(await stores.roleAssignments.findEqual(assignment)).toBe(assignment.id);
        expect(await stores.roleAssignments.findEqual(sameId)).toBeUndefined();
      });

      test('another tenant neither sees, changes nor takes it', async () => {
        const { held, assignment } = await granted();
        const { roleAssignments } = stores;
        const kept = await roleAssignments.find(tenantId, held.id);
        const other = await newTenant();
        await roleAssignments.deleteOfPrincipal(other, held.principalId);
        expect(await roleAssignments.delete(other, held.id)).toBe(false);
        if (kept !== undefined) await roleAssignments.update({ ...kept, tenantId: other, description: 'ours' });
        expect(await roleAssignments.find(other, held.id)).toBeUndefined();
        expect(await roleAssignments.findEqual({ ...assignment, tenantId: other })).toBeUndefined();
        expect(await roleAssignments.listOfPrincipal(other, held.principalId)).toEqual([]);
        expect(await roleAssignments.list({ tenantId: other, scope: rootScope, below: true, limit: 9 })).toEqual([]);
        expect(await roleAssignments.find(tenantId, held.id)).toEqual(kept);
      });

      test('comes back as it was made: spelled, described, its holder as the directory knows it', async () => {
        const { roleAssignments } = stores;
        const user = fixtures.user({ ...fixtures.tenant(), id: tenantId });
        const program = fixtures.servicePrincipal({ ...fixtures.tenant(), id: tenantId });
        await stores.directoryWriter.createUser(user);
        await stores.directoryWriter.createServicePrincipal(program);
        const holders = [
          [user.id, 'User'],
          [(await newGroup()).id, 'Group'],
          [program.objectId, 'ServicePrincipal'],
          [fixtures.id(), undefined],
        ] as const;
        for (const [principalId, principalType] of holders) {
          const made = { id: fixtures.id(), tenantId, roleId: fixtures.id(), principalId, scope: scopeOf(spelled) };
          const by = { createdAt: fixtureTime, createdBy: 'someone' };
          await roleAssignments.insert({ ...made, ...by, place: spelled, description: 'Watches.' });
          const expected = { ...made, ...by, place: spelled, description: 'Watches.', principalType };
          const whole = { ...expected, updatedAt: fixtureTime, updatedBy: 'someone' };
          expect(await roleAssignments.find(tenantId, made.id, { lock: true })).toEqual(whole);
          const changed = { ...whole, description: undefined, updatedAt: later, updatedBy: 'another' };
          await roleAssignments.update(changed);
          expect(await roleAssignments.find(tenantId, made.id)).toEqual(changed);
          expect(await roleAssignments.delete(tenantId, made.id)).toBe(true);
          expect(await roleAssignments.delete(tenantId, made.id)).toBe(false);
        }
      });

      test('one of which nothing more was said is spelled as its scope', async () => {
        const { held } = await granted(here);
        const found = await stores.roleAssignments.find(tenantId, held.id);
        expect(found).toMatchObject({ place: here, description: undefined, updatedAt: fixtureTime });
      });
    });

    describe('a principal in groups', () => {
      test('holds what they hold, and the groups that they are in', async () => {
        const { memberships, roleAssignments } = stores;
        const [inner, outer] = [await newGroup(), await newGroup()];
        const { held } = await granted();
        await memberships.add({ tenantId, groupId: inner.id, memberId: held.principalId });
        await memberships.add({ tenantId, groupId: outer.id, memberId: inner.id });
        const { held: direct } = await granted(above, inner.id);
        const { held: indirect } = await granted(here, outer.id);
        const all = [held, direct, indirect];
        expect(await roleAssignments.listOfPrincipal(tenantId, held.principalId)).toEqual(all);
        expect(await roleAssignments.listOfPrincipal(tenantId, inner.id)).toEqual([direct, indirect]);
        await memberships.add({ tenantId, groupId: inner.id, memberId: outer.id });
        expect(await roleAssignments.listOfPrincipal(tenantId, held.principalId)).toEqual(all);
        await memberships.remove({ tenantId, groupId: inner.id, memberId: held.principalId });
        expect(await roleAssignments.listOfPrincipal(tenantId, held.principalId)).toEqual([held]);
      });
    });

    describe('lists of role assignments', () => {
      const list = async (query: object): Promise<readonly Scope[]> => {
        const found = await stores.roleAssignments.list({
          ...{ tenantId, scope: here, below: true, limit: 9 },
          ...query,
        });
        expect(found.map(({ id }) => id)).toEqual(found.map(({ id }) => id).sort());
        return found.map(({ scope }) => scope).sort();
      };

      beforeEach(async () => {
        for (const scope of [rootScope, above, here, below, beside]) await granted(scope);
      });

      test.each([
        [{}, [rootScope, above, here, below]],
        [{ below: false }, [rootScope, above, here]],
        [{ scope: rootScope }, [rootScope, above, here, below, beside]],
        [{ scope: rootScope, below: false }, [rootScope]],
        [{ scope: below }, [rootScope, above, here, below]],
        [{ within: [] }, []],
        [{ within: [here] }, [here, below]],
        [{ within: [below, above] }, [above, here, below]],
        [{ scope: rootScope, within: [beside] }, [beside]],
      ])('with %j hold what is at, above and below', async (query, expected) => {
        expect(await list(query)).toEqual(expected);
      });

      test('can be narrowed to a holder, with its groups or without', async () => {
        const group = await newGroup();
        const { held } = await granted(below);
        await stores.memberships.add({ tenantId, groupId: group.id, memberId: held.principalId });
        await granted(above, group.id);
        const { principalId } = held;
        expect(await list({ holder: { principalId, throughGroups: false } })).toEqual([below]);
        expect(await list({ holder: { principalId, throughGroups: true } })).toEqual([above, below]);
        expect(await list({ holder: { principalId: group.id, throughGroups: false } })).toEqual([above]);
      });

      test('come in pages', async () => {
        const query = { tenantId, scope: rootScope, below: true };
        const whole = await stores.roleAssignments.list({ ...query, limit: 9 });
        const first = await stores.roleAssignments.list({ ...query, limit: 2 });
        const rest = await stores.roleAssignments.list({ ...query, limit: 9, after: first[1]?.id });
        expect([...first, ...rest]).toEqual(whole);
      });
    });
  });
};
