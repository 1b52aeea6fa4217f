import type { ConditionalAccessPolicy, Tenant } from '@holdfast/directory';
import { addMs } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { conditionsForAll, createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'conditionalAccess'>;

export const conditionalAccessContract = (make: () => Promise<Stores>): void => {
  describe('conditional access store', () => {
    const fixtures = createFixtures('conditional-access');
    const directory = createDirectoryFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
    });
    const later = addMs(fixtureTime, 1);

    test.each<[string, Partial<ConditionalAccessPolicy>]>([
      ['blocks everybody', {}],
      [
        'wants one of several things of some',
        {
          state: 'reportOnly',
          conditions: {
            ...conditionsForAll,
            workloads: { include: [fixtures.id()], exclude: [] },
            locations: { include: 'all', exclude: [fixtures.id()] },
            credentialKinds: ['secret', 'password'],
            flows: ['deviceCode'],
          },
          grant: {
            kind: 'require',
            operator: 'OR',
            controls: [{ kind: 'mfa' }, { kind: 'location', locationIds: [fixtures.id()] }],
          },
        },
      ],
    ])('a policy that %s is listed as it was', async (_what, overrides) => {
      const policy = directory.policy(tenant, overrides);
      await stores.conditionalAccess.putPolicy(policy);
      expect(await stores.conditionalAccess.listPolicies(tenant.id)).toEqual([policy]);
    });

    test('policies and places are listed in the order of creation', async () => {
      const policies = [directory.policy(tenant, { createdAt: later }), directory.policy(tenant)];
      const locations = [directory.location(tenant, { createdAt: later }), directory.location(tenant)];
      for (const policy of policies) await stores.conditionalAccess.putPolicy(policy);
      for (const location of locations) await stores.conditionalAccess.putLocation(location);
      expect(await stores.conditionalAccess.listPolicies(tenant.id)).toEqual(policies.toReversed());
      expect(await stores.conditionalAccess.listLocations(tenant.id)).toEqual(locations.toReversed());
    });

    test('putting one with the same id replaces it', async () => {
      const [policy, location] = [directory.policy(tenant), directory.location(tenant)];
      const changedPolicy = { ...policy, state: 'disabled', displayName: 'x', modifiedAt: later } as const;
      const changedLocation = { ...location, isTrusted: true, ranges: [], displayName: 'x', modifiedAt: later };
      for (const each of [policy, changedPolicy]) await stores.conditionalAccess.putPolicy(each);
      for (const each of [location, changedLocation]) await stores.conditionalAccess.putLocation(each);
      expect(await stores.conditionalAccess.listPolicies(tenant.id)).toEqual([changedPolicy]);
      expect(await stores.conditionalAccess.listLocations(tenant.id)).toEqual([changedLocation]);
    });

    test('each is deleted once', async () => {
      const [policy, location] = [directory.policy(tenant), directory.location(tenant)];
      await stores.conditionalAccess.putPolicy(policy);
      await stores.conditionalAccess.putLocation(location);
      for (const deleted of [true, false]) {
        expect(await stores.conditionalAccess.deletePolicy(tenant.id, policy.id)).toBe(deleted);
        expect(await stores.conditionalAccess.deleteLocation(tenant.id, location.id)).toBe(deleted);
      }
      expect(await stores.conditionalAccess.listPolicies(tenant.id)).toEqual([]);
      expect(await stores.conditionalAccess.listLocations(tenant.id)).toEqual([]);
    });

    test('another tenant neither sees, replaces nor deletes them', async () => {
      const [policy, location] = [directory.policy(tenant), directory.location(tenant)];
      await stores.conditionalAccess.putPolicy(policy);
      await stores.conditionalAccess.putLocation(location);
      const other = await putTenant(stores, fixtures);
      expect(await stores.conditionalAccess.listPolicies(other.id)).toEqual([]);
      expect(await stores.conditionalAccess.listLocations(other.id)).toEqual([]);
      await stores.conditionalAccess.putPolicy({ ...policy, tenantId: other.id, displayName: 'x' });
      await stores.conditionalAccess.putLocation({ ...location, tenantId: other.id, displayName: 'x' });
      expect(await stores.conditionalAccess.deletePolicy(other.id, policy.id)).toBe(true);
      expect(await stores.conditionalAccess.deleteLocation(other.id, location.id)).toBe(true);
      expect(await stores.conditionalAccess.listPolicies(tenant.id)).toEqual([policy]);
      expect(await stores.conditionalAccess.listLocations(tenant.id)).toEqual([location]);
    });
  });
};
