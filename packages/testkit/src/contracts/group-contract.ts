import { directoryRoles, type Group, type Tenant } from '@holdfast/directory';
import { addMs } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';
import { equals, everything, forgedPages, meeting, pagesOf, refusedPage, startsWith } from './pages.ts';

type Stores = TenantMaker & Some<'groups' | 'memberships' | 'directoryRoles' | 'users'>;

export const groupContract = (make: () => Promise<Stores>): void => {
  describe('group store', () => {
    const fixtures = createFixtures('group');
    const directory = createDirectoryFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
    });

    const put = async (overrides?: Partial<Group>): Promise<Group> => {
      const group = directory.group(tenant, overrides);
      await stores.groups.insert(group);
      return group;
    };

    test.each([{ description: undefined }, { description: 'Those who watch' }])(
      'a group is found as it was, with %j',
      async (overrides) => {
        const group = await put(overrides);
        expect(await stores.groups.find(tenant.id, group.id)).toEqual(group);
        expect(await stores.groups.find(tenant.id, fixtures.id())).toBeUndefined();
      },
    );

    test('several may have one name', async () => {
      const groups = [await put(), await put()];
      const { items } = await stores.groups.list(tenant.id, meeting(equals('displayName', 'GROUP')));
      expect(items).toHaveLength(groups.length);
    });

    test('its words change, its id and creation do not', async () => {
      const group = await put({ description: 'x' });
      const changed = { ...group, displayName: 'Neü', description: undefined, mailNickname: 'neu' };
      expect(await stores.groups.update({ ...changed, createdAt: addMs(fixtureTime, 1) })).toBe(true);
      expect(await stores.groups.find(tenant.id, group.id)).toEqual(changed);
      expect((await stores.groups.list(tenant.id, meeting(startsWith('displayName', 'NEÜ')))).items).toEqual([changed]);
      expect(await stores.groups.update(directory.group(tenant))).toBe(false);
    });

    test('pages follow the order of creation', async () => {
      const third = await put({ createdAt: addMs(fixtureTime, 2), mailNickname: 'ops-c' });
      const first = await put({ mailNickname: 'Ops-a' });
      const second = await put({ createdAt: addMs(fixtureTime, 1), mailNickname: 'OPS-b' });
      await put({ mailNickname: 'dev' });
      const where = [startsWith('mailNickname', 'ops')];
      const pages = await pagesOf((page) => stores.groups.list(tenant.id, { where, ...page }), 2);
      expect(pages).toEqual([[first, second], [third]]);
    });

    test.each(forgedPages)('a page is not looked for after %j, which no page gave', async (after) => {
      await expect(stores.groups.list(tenant.id, { ...everything, after })).rejects.toMatchObject(refusedPage);
    });

    test('a deleted group leaves the groups it was in, and its members and roles are nobody’s', async () => {
      const [group, outer] = [await put(), await put()];
      const user = fixtures.user(tenant);
      await stores.users.insert(user);
      const tenantId = tenant.id;
      const roleId = directoryRoles.directoryReaders;
      await stores.memberships.add({ tenantId, groupId: group.id, memberId: user.id });
      await stores.memberships.add({ tenantId, groupId: outer.id, memberId: group.id });
      await stores.directoryRoles.assign({ id: fixtures.id(), tenantId, principalId: group.id, roleId });
      expect(await stores.groups.delete(tenantId, group.id)).toBe(true);
      expect(await stores.groups.find(tenantId, group.id)).toBeUndefined();
      expect(await stores.memberships.listGroupsOf(tenantId, user.id, { transitive: true })).toEqual([]);
      expect(await stores.memberships.listMembers(tenantId, outer.id, { transitive: true })).toEqual([]);
      expect(await stores.directoryRoles.listOfPrincipal(tenantId, user.id)).toEqual([]);
      expect(await stores.directoryRoles.listHolders(tenantId, roleId)).toEqual([]);
      expect(await stores.groups.delete(tenantId, group.id)).toBe(false);
    });

    test('another tenant neither finds, lists, changes nor deletes it', async () => {
      const group = await put();
      const other = await putTenant(stores, fixtures);
      expect(await stores.groups.find(other.id, group.id)).toBeUndefined();
      expect((await stores.groups.list(other.id, everything)).items).toEqual([]);
      expect(await stores.groups.update({ ...group, tenantId: other.id, displayName: 'x' })).toBe(false);
      expect(await stores.groups.delete(other.id, group.id)).toBe(false);
      expect(await stores.groups.find(tenant.id, group.id)).toEqual(group);
    });
  });
};
