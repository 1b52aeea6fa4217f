import { rootScope, scopeOf } from '@holdfast/arm';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import type { Some } from '../world.ts';

type Stores = Some<'directoryWriter' | 'roleAssignments'>;

export const roleAssignmentContract = (make: () => Promise<Stores>): void => {
  describe('role assignment store', () => {
    const fixtures = createFixtures('role-assignment');
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    const grant = async () => {
      const tenant = fixtures.tenant();
      await stores.directoryWriter.createTenant(tenant);
      const held = { id: fixtures.id(), roleId: fixtures.id(), principalId: fixtures.id(), scope: rootScope };
      return { held, assignment: { ...held, tenantId: tenant.id, createdAt: fixtureTime, createdBy: 'someone' } };
    };

    describe('role assignments', () => {
      test('a principal holds what was granted until all of it is taken', async () => {
        const { held, assignment } = await grant();
        const further = { ...held, id: fixtures.id(), scope: scopeOf('/subscriptions/S/resourceGroups/G_%') };
        expect(await stores.roleAssignments.insert(assignment)).toBe(true);
        expect(await stores.roleAssignments.insert({ ...assignment, ...further })).toBe(true);
        const { tenantId, principalId } = assignment;
        expect(await stores.roleAssignments.listOfPrincipal(tenantId, principalId)).toEqual([held, further]);
        await stores.roleAssignments.deleteOfPrincipal(tenantId, principalId);
        expect(await stores.roleAssignments.listOfPrincipal(tenantId, principalId)).toEqual([]);
      });

      test('the same grant, or the same id, is taken only once', async () => {
        const { assignment } = await grant();
        const inserts = [assignment, { ...assignment, id: fixtures.id() }].map(stores.roleAssignments.insert);
        expect((await Promise.all(inserts)).sort()).toEqual([false, true]);
        const [kept] = await stores.roleAssignments.listOfPrincipal(assignment.tenantId, assignment.principalId);
        const sameId = { ...assignment, id: kept?.id ?? assignment.id, principalId: fixtures.id() };
        expect(await stores.roleAssignments.insert(sameId)).toBe(false);
      });

      test('another tenant neither sees nor takes it', async () => {
        const { held, assignment } = await grant();
        const other = (await grant()).assignment.tenantId;
        await stores.roleAssignments.insert(assignment);
        await stores.roleAssignments.deleteOfPrincipal(other, held.principalId);
        expect(await stores.roleAssignments.listOfPrincipal(other, held.principalId)).toEqual([]);
        expect(await stores.roleAssignments.listOfPrincipal(assignment.tenantId, held.principalId)).toEqual([held]);
      });
    });
  });
};
