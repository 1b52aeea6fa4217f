import type { Consent, Tenant, User } from '@holdfast/directory';
import { addMs } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'users' | 'consents'>;

export const consentContract = (make: () => Promise<Stores>): void => {
  describe('consent store', () => {
    const fixtures = createFixtures('consent');
    const directory = createDirectoryFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    let user: User;
    let created = 0;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
      user = fixtures.user(tenant);
      await stores.users.insert(user);
    });

    const put = async (overrides?: Partial<Consent>): Promise<Consent> => {
      created += 1;
      const consent = directory.consent(tenant, { createdAt: addMs(fixtureTime, created), ...overrides });
      await stores.consents.put(consent);
      return consent;
    };

    test("an application has everybody's consents, and a person's own beside them", async () => {
      const forAll = await put();
      const { appId } = forAll;
      const own = await put({ appId, userId: user.id });
      const elsewhere = await put({ appId, resource: 'https://other.example.com' });
      await put();
      const stranger = fixtures.user(tenant);
      await stores.users.insert(stranger);
      await put({ appId, userId: stranger.id });
      expect(await stores.consents.listOf(tenant.id, { appId })).toEqual([forAll, elsewhere]);
      expect(await stores.consents.listOf(tenant.id, { appId, userId: user.id })).toEqual([forAll, own, elsewhere]);
      expect(await stores.consents.list(tenant.id)).toHaveLength(5);
    });

    test.each([
      ['everybody', () => undefined],
      ['one person', () => user.id],
    ])('consenting again for %s adds scopes, each once, and keeps id, time and order', async (_who, userIdOf) => {
      const userId = userIdOf();
      const first = await put({ userId, scopes: ['b', 'a'] });
      const { appId } = first;
      await put({ appId, userId, scopes: ['a', 'd', 'c'] });
      await put({ appId, userId, scopes: ['c'], resource: 'https://other.example.com' });
      const [merged, other, ...rest] = await stores.consents.list(tenant.id);
      expect(merged).toEqual({ ...first, scopes: ['b', 'a', 'd', 'c'] });
      expect(other).toMatchObject({ scopes: ['c'] });
      expect(rest).toEqual([]);
    });

    test('those who consent at once add up', async () => {
      const appId = fixtures.id();
      await Promise.all(['a', 'b', 'c'].map((scope) => put({ appId, scopes: [scope] })));
      const [consent, ...rest] = await stores.consents.listOf(tenant.id, { appId });
      expect([...(consent?.scopes ?? [])].sort()).toEqual(['a', 'b', 'c']);
      expect(rest).toEqual([]);
    });

    test('a consent is withdrawn once', async () => {
      const consent = await put();
      expect(await stores.consents.delete(tenant.id, consent.id)).toBe(true);
      expect(await stores.consents.delete(tenant.id, consent.id)).toBe(false);
      expect(await stores.consents.list(tenant.id)).toEqual([]);
    });

    test('another tenant neither sees, changes nor withdraws it', async () => {
      const consent = await put();
      const other = await putTenant(stores, fixtures);
      await stores.consents.put({ ...consent, tenantId: other.id, scopes: ['x'] });
      await stores.consents.delete(other.id, consent.id);
      expect(await stores.consents.list(other.id)).toEqual([]);
      expect(await stores.consents.listOf(other.id, { appId: consent.appId })).toEqual([]);
      expect(await stores.consents.delete(other.id, consent.id)).toBe(false);
      expect(await stores.consents.list(tenant.id)).toEqual([consent]);
    });
  });
};
