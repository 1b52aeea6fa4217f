import { builtInRoles } from '@holdfast/authorization';
import { type Clock, createTimedCache, seconds, type Uuid } from '@holdfast/kernel';
import type { AccessReader } from '@holdfast/pipeline';
import type { RoleAssignmentStore } from '@holdfast/store-postgres';

/** A changed grant, or membership of a group that holds one, is in force everywhere after this long. */
const maxAge = seconds(2);

const roles = new Map(builtInRoles.map((role) => [role.id, role]));

/** Reads grants, remembering each principal's for two seconds. */
export const createCachedAccess = (
  assignments: Pick<RoleAssignmentStore, 'listOfPrincipal'>,
  clock: Clock,
): AccessReader => {
  const cache = createTimedCache({
    clock,
    capacity: 10_000,
    load: (key) => {
      const [tenantId, principalId] = key.split(' ') as [Uuid, Uuid];
      return assignments.listOfPrincipal(tenantId, principalId);
    },
  });
  return {
    assignmentsOf: async (tenantId, principalId) => (await cache.get(`${tenantId} ${principalId}`, maxAge)) ?? [],
    roles: async () => roles,
  };
};
