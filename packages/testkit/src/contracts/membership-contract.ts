import type { Group, Tenant, User } from '@holdfast/directory';
import { addMs, type Uuid } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'users' | 'groups' | 'memberships'>;

export const membershipContract = (make: () => Promise<Stores>): void => {
  describe('membership store', () => {
    const fixtures = createFixtures('membership');
    const directory = createDirectoryFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    let created = 0;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
    });

    const putGroup = async (displayName: string): Promise<Group> => {
      created += 1;
      const group = directory.group(tenant, { displayName, createdAt: addMs(fixtureTime, created) });
      await stores.groups.insert(group);
      return group;
    };
    const putUser = async (overrides?: Partial<User>): Promise<User> => {
      created += 1;
      const user = fixtures.user(tenant, { ...overrides, createdAt: addMs(fixtureTime, created) });
      await stores.users.insert(user);
      return user;
    };
    const join = (group: Group, memberId: Uuid) =>
      stores.memberships.add({ tenantId: tenant.id, groupId: group.id, memberId });
    const membersOf = async (group: Group, transitive: boolean) =>
      (await stores.memberships.listMembers(tenant.id, group.id, { transitive })).map((member) => member.id);
    const groupsOf = async (memberId: Uuid, transitive: boolean) =>
      (await stores.memberships.listGroupsOf(tenant.id, memberId, { transitive })).map((group) => group.id);

    test('members are told by kind and name, in the order of creation', async () => {
      const group = await putGroup('Outer');
      const user = await putUser({ profile: { mail: 'a@example.com' } });
      const inner = await putGroup('Inner');
      const plain = await putUser({ displayName: 'Plain' });
      for (const { id } of [plain, inner, user]) await join(group, id);
      const { userPrincipalName } = user;
      expect(await stores.memberships.listMembers(tenant.id, group.id, { transitive: false })).toEqual([
        { kind: 'user', id: user.id, displayName: user.displayName, userPrincipalName, mail: 'a@example.com' },
        { kind: 'group', id: inner.id, displayName: 'Inner' },
        { kind: 'user', id: plain.id, displayName: 'Plain', userPrincipalName: plain.userPrincipalName },
      ]);
      expect(await stores.memberships.listGroupsOf(tenant.id, user.id, { transitive: false })).toEqual([group]);
    });

    test('one is a member once, also when added at once, until it is removed', async () => {
      const [group, user] = [await putGroup('g'), await putUser()];
      expect((await Promise.all([join(group, user.id), join(group, user.id)])).sort()).toEqual([false, true]);
      const membership = { tenantId: tenant.id, groupId: group.id, memberId: user.id };
      expect(await stores.memberships.remove(membership)).toBe(true);
      expect(await stores.memberships.remove(membership)).toBe(false);
      expect(await membersOf(group, true)).toEqual([]);
    });

    test('groups within groups count when asked for, each once', async () => {
      const [top, left, right, bottom] = [
        await putGroup('t'),
        await putGroup('l'),
        await putGroup('r'),
        await putGroup('b'),
      ];
      const user = await putUser();
      for (const [group, memberId] of [
        [top, left.id],
        [top, right.id],
        [left, bottom.id],
        [right, bottom.id],
        [bottom, user.id],
      ] as const)
        await join(group, memberId);
      expect(await groupsOf(user.id, false)).toEqual([bottom.id]);
      expect(await groupsOf(user.id, true)).toEqual([top.id, left.id, right.id, bottom.id]);
      expect(await membersOf(top, false)).toEqual([left.id, right.id]);
      expect(await membersOf(top, true)).toEqual([left.id, right.id, bottom.id, user.id]);
    });

    test('a circle ends by itself, and nothing is said to hold itself', async () => {
      const [one, two, three] = [await putGroup('1'), await putGroup('2'), await putGroup('3')];
      const user = await putUser();
      await join(one, two.id);
      await join(two, three.id);
      await join(three, one.id);
      await join(three, user.id);
      expect(await groupsOf(user.id, true)).toEqual([one.id, two.id, three.id]);
      expect(await groupsOf(one.id, true)).toEqual([two.id, three.id]);
      expect(await membersOf(one, true)).toEqual([two.id, three.id, user.id]);
    });

    test('another tenant neither adds, sees nor removes them', async () => {
      const [group, user] = [await putGroup('g'), await putUser()];
      await join(group, user.id);
      const other = await putTenant(stores, fixtures);
      const theirs = { tenantId: other.id, groupId: group.id, memberId: user.id };
      await expect(stores.memberships.add(theirs)).rejects.toThrow();
      expect(await stores.memberships.remove(theirs)).toBe(false);
      for (const transitive of [false, true]) {
        expect(await stores.memberships.listMembers(other.id, group.id, { transitive })).toEqual([]);
        expect(await stores.memberships.listGroupsOf(other.id, user.id, { transitive })).toEqual([]);
      }
      expect(await membersOf(group, true)).toEqual([user.id]);
    });
  });
};
