import type { Application, ServicePrincipal, Tenant, User } from '@holdfast/directory';
import { addMs } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'users' | 'applications' | 'servicePrincipals' | 'owners'>;

export const ownerContract = (make: () => Promise<Stores>): void => {
  describe('owner store', () => {
    const fixtures = createFixtures('owner');
    const directory = createDirectoryFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    let application: Application;
    let principal: ServicePrincipal;
    let user: User;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
      application = directory.application(tenant);
      principal = directory.principalOf(application, { createdAt: addMs(fixtureTime, 1) });
      user = fixtures.user(tenant);
      await stores.applications.insert(application);
      await stores.servicePrincipals.insert(principal);
      await stores.users.insert(user);
    });
    const owned = (ownerId = user.id, objectId = application.id) => ({ tenantId: tenant.id, objectId, ownerId });

    test('an object has owners of several kinds, in the order of creation', async () => {
      await stores.owners.add(owned(principal.id));
      await stores.owners.add(owned());
      const { displayName, userPrincipalName } = user;
      expect(await stores.owners.listOwners(tenant.id, application.id)).toEqual([
        { kind: 'user', id: user.id, displayName, userPrincipalName },
        { kind: 'servicePrincipal', id: principal.id, displayName: principal.displayName, appId: principal.appId },
      ]);
    });

    test('one is an owner once, until removed', async () => {
      expect((await Promise.all([stores.owners.add(owned()), stores.owners.add(owned())])).sort()).toEqual([
        false,
        true,
      ]);
      expect(await stores.owners.isOwner(owned())).toBe(true);
      expect(await stores.owners.isOwner(owned(principal.id))).toBe(false);
      expect(await stores.owners.remove(owned())).toBe(true);
      expect(await stores.owners.remove(owned())).toBe(false);
      expect(await stores.owners.isOwner(owned())).toBe(false);
    });

    test('what one owns is known', async () => {
      await stores.owners.add(owned());
      await stores.owners.add(owned(user.id, principal.id));
      expect(await stores.owners.listOwned(tenant.id, user.id)).toEqual([application.id, principal.id].sort());
      expect(await stores.owners.listOwned(tenant.id, principal.id)).toEqual([]);
    });

    test('an owner in one tenant is none in another', async () => {
      await stores.owners.add(owned());
      const other = await putTenant(stores, fixtures);
      const theirs = { ...owned(), tenantId: other.id };
      expect(await stores.owners.isOwner(theirs)).toBe(false);
      expect(await stores.owners.listOwners(other.id, application.id)).toEqual([]);
      expect(await stores.owners.listOwned(other.id, user.id)).toEqual([]);
      expect(await stores.owners.remove(theirs)).toBe(false);
      await stores.owners.add(theirs);
      expect(await stores.owners.listOwners(other.id, application.id)).toEqual([]);
      expect(await stores.owners.isOwner(owned())).toBe(true);
    });
  });
};
