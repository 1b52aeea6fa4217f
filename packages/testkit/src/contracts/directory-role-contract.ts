import { directoryRoles, type Tenant, type User } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'users' | 'groups' | 'memberships' | 'directoryRoles'>;

const { globalAdministrator, userAdministrator, directoryReaders } = directoryRoles;

export const directoryRoleContract = (make: () => Promise<Stores>): void => {
  describe('directory role store', () => {
    const fixtures = createFixtures('directory-role');
    const directory = createDirectoryFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    let user: User;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
      user = fixtures.user(tenant);
      await stores.users.insert(user);
    });

    const assign = (principalId: Uuid, roleId = userAdministrator, tenantId = tenant.id) =>
      stores.directoryRoles.assign({ id: fixtures.id(), tenantId, principalId, roleId });
    const rolesOf = (principalId: Uuid) => stores.directoryRoles.listOfPrincipal(tenant.id, principalId);
    const putGroup = async (...memberIds: readonly Uuid[]) => {
      const group = directory.group(tenant);
      await stores.groups.insert(group);
      for (const memberId of memberIds)
        await stores.memberships.add({ tenantId: tenant.id, groupId: group.id, memberId });
      return group;
    };

    test('assigning a role again changes nothing, and it is taken once', async () => {
      await Promise.all([assign(user.id), assign(user.id), assign(user.id)]);
      await assign(user.id, globalAdministrator);
      expect(await rolesOf(user.id)).toEqual([globalAdministrator, userAdministrator].sort());
      const grant = { principalId: user.id, roleId: userAdministrator };
      expect(await stores.directoryRoles.unassign(tenant.id, grant)).toBe(true);
      expect(await stores.directoryRoles.unassign(tenant.id, grant)).toBe(false);
      expect(await rolesOf(user.id)).toEqual([globalAdministrator]);
    });

    test('a principal has the roles of the groups it is in, also of groups around those, each once', async () => {
      const inner = await putGroup(user.id);
      const outer = await putGroup(inner.id);
      await assign(inner.id, directoryReaders);
      await assign(outer.id, userAdministrator);
      await assign(user.id, userAdministrator);
      expect(await rolesOf(user.id)).toEqual([directoryReaders, userAdministrator].sort());
      expect(await rolesOf(outer.id)).toEqual([userAdministrator]);
    });

    test('the holders of a role are those it was assigned to', async () => {
      const group = await putGroup(fixtures.id());
      await assign(group.id);
      await assign(user.id);
      const { displayName, userPrincipalName } = user;
      const holders = await stores.directoryRoles.listHolders(tenant.id, userAdministrator);
      expect(holders).toHaveLength(2);
      expect(holders).toContainEqual({ kind: 'user', id: user.id, displayName, userPrincipalName });
      expect(holders).toContainEqual({ kind: 'group', id: group.id, displayName: group.displayName });
      expect(await stores.directoryRoles.listHolders(tenant.id, globalAdministrator)).toEqual([]);
    });

    test('a role in one tenant is none in another', async () => {
      await assign(user.id);
      const other = await putTenant(stores, fixtures);
      const grant = { principalId: user.id, roleId: userAdministrator };
      expect(await stores.directoryRoles.listOfPrincipal(other.id, user.id)).toEqual([]);
      expect(await stores.directoryRoles.listHolders(other.id, userAdministrator)).toEqual([]);
      expect(await stores.directoryRoles.unassign(other.id, grant)).toBe(false);
      await assign(user.id, globalAdministrator, other.id);
      expect(await rolesOf(user.id)).toEqual([userAdministrator]);
    });
  });
};
