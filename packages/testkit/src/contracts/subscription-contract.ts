import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures } from '../fixtures.ts';
import type { Some } from '../world.ts';

type Stores = Some<'directoryWriter' | 'subscriptions' | 'tenants' | 'tenantOfSubscription'>;

export const subscriptionContract = (make: () => Promise<Stores>): void => {
  describe('subscription store', () => {
    const fixtures = createFixtures('subscription');
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    const putTenant = async () => {
      const tenant = fixtures.tenant();
      await stores.directoryWriter.createTenant(tenant);
      return tenant;
    };

    describe('tenants', () => {
      test('a tenant is found by its id, and no other is', async () => {
        const tenant = await putTenant();
        expect(await stores.tenants.find(tenant.id)).toEqual(tenant);
        expect(await stores.tenants.find(fixtures.id())).toBeUndefined();
      });
    });

    describe('subscriptions', () => {
      test('what was inserted is found, listed, and leads to its tenant', async () => {
        const tenant = await putTenant();
        const subscription = fixtures.subscription(tenant);
        expect(await stores.subscriptions.insert(subscription)).toBe(true);
        expect(await stores.subscriptions.find(tenant.id, subscription.id)).toEqual(subscription);
        expect(await stores.subscriptions.find(tenant.id, subscription.id, { lock: true })).toEqual(subscription);
        expect(await stores.subscriptions.list(tenant.id)).toEqual([subscription]);
        expect(await stores.tenantOfSubscription(subscription.id)).toBe(tenant.id);
      });

      test('an unknown subscription has no tenant', async () => {
        const unknown = fixtures.subscription(fixtures.tenant());
        expect(await stores.tenantOfSubscription(unknown.id)).toBeUndefined();
      });

      test('an id is taken across tenants, also for writers who start together', async () => {
        const [one, other] = [await putTenant(), await putTenant()];
        const subscription = fixtures.subscription(one);
        const inserts = [subscription, { ...subscription, tenantId: other.id }].map(stores.subscriptions.insert);
        expect((await Promise.all(inserts)).sort()).toEqual([false, true]);
      });

      test('display name and state change, nothing else does', async () => {
        const subscription = fixtures.subscription(await putTenant());
        await stores.subscriptions.insert(subscription);
        const changed = { ...subscription, displayName: 'Renamed', state: 'Disabled' } as const;
        await stores.subscriptions.update({ ...changed, createdAt: new Date(0) });
        expect(await stores.subscriptions.find(subscription.tenantId, subscription.id)).toEqual(changed);
      });

      test('another tenant neither sees nor changes it', async () => {
        const other = await putTenant();
        const subscription = fixtures.subscription(await putTenant());
        await stores.subscriptions.insert(subscription);
        await stores.subscriptions.update({ ...subscription, tenantId: other.id, displayName: 'Stolen' });
        expect(await stores.subscriptions.find(other.id, subscription.id)).toBeUndefined();
        expect(await stores.subscriptions.list(other.id)).toEqual([]);
        expect(await stores.subscriptions.find(subscription.tenantId, subscription.id)).toEqual(subscription);
      });
    });

    describe('subscription aliases', () => {
      const putAlias = async (name: string) => {
        const subscription = fixtures.subscription(await putTenant());
        await stores.subscriptions.insert(subscription);
        const alias = { tenantId: subscription.tenantId, name, subscriptionId: subscription.id };
        return { alias, inserted: await stores.subscriptions.insertAlias(alias) };
      };

      test('names compare without letter case and keep it', async () => {
        const { alias, inserted } = await putAlias('My-Alias');
        expect(inserted).toBe(true);
        expect(await stores.subscriptions.findAlias(alias.tenantId, 'mY-aLIAS')).toEqual(alias);
        expect(await stores.subscriptions.insertAlias({ ...alias, name: 'MY-ALIAS' })).toBe(false);
      });

      test('the same name in another tenant is another alias', async () => {
        const [one, other] = [await putAlias('same'), await putAlias('same')];
        expect(other.inserted).toBe(true);
        expect(await stores.subscriptions.findAlias(one.alias.tenantId, 'same')).toEqual(one.alias);
        expect(await stores.subscriptions.findAlias(fixtures.id(), 'same')).toBeUndefined();
      });
    });
  });
};
