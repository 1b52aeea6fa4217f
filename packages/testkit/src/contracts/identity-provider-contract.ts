import type { Tenant } from '@holdfast/directory';
import { addMs } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'identityProviders' | 'users'>;

export const identityProviderContract = (make: () => Promise<Stores>): void => {
  describe('identity provider store', () => {
    const fixtures = createFixtures('identity-provider');
    const directory = createDirectoryFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
    });

    test('providers are found as they were, and listed in the order of creation', async () => {
      const plain = directory.identityProvider(tenant, { createdAt: addMs(fixtureTime, 1) });
      const full = directory.identityProvider(tenant, {
        scopes: ['groups'],
        createsUsers: true,
        groupClaim: 'groups',
        groups: { 'ops@example.com': fixtures.id() },
        trustsMfa: true,
      });
      for (const provider of [plain, full]) await stores.identityProviders.insert(provider);
      expect(await stores.identityProviders.find(tenant.id, plain.id)).toEqual(plain);
      expect(await stores.identityProviders.list(tenant.id)).toEqual([full, plain]);
      expect(await stores.identityProviders.find(tenant.id, fixtures.id())).toBeUndefined();
    });

    test('the people of a deleted provider stay, and are no longer known by what it called them', async () => {
      const [provider, other] = [directory.identityProvider(tenant), directory.identityProvider(tenant)];
      const users = [provider, other].map(({ id }) =>
        fixtures.user(tenant, { external: { providerId: id, subject: 's' }, passwordHash: undefined }),
      );
      for (const each of [provider, other]) await stores.identityProviders.insert(each);
      for (const user of users) await stores.users.insert(user);
      expect(await stores.identityProviders.delete(tenant.id, provider.id)).toBe(true);
      expect(await stores.identityProviders.delete(tenant.id, provider.id)).toBe(false);
      const { items } = await stores.users.list(tenant.id, { where: [], top: 9, after: undefined });
      expect(items.map((user) => user.external?.providerId)).toHaveLength(2);
      expect(items.flatMap((user) => user.external ?? [])).toEqual([{ providerId: other.id, subject: 's' }]);
    });

    test('another tenant neither sees nor deletes it', async () => {
      const provider = directory.identityProvider(tenant);
      const user = fixtures.user(tenant, { external: { providerId: provider.id, subject: 's' } });
      await stores.identityProviders.insert(provider);
      await stores.users.insert(user);
      const other = await putTenant(stores, fixtures);
      expect(await stores.identityProviders.find(other.id, provider.id)).toBeUndefined();
      expect(await stores.identityProviders.list(other.id)).toEqual([]);
      expect(await stores.identityProviders.delete(other.id, provider.id)).toBe(false);
      expect(await stores.identityProviders.list(tenant.id)).toEqual([provider]);
      expect(await stores.users.find(tenant.id, user.id)).toEqual(user);
    });
  });
};
