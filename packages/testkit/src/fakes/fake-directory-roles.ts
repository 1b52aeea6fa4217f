import type { DirectoryRoleAssignment, DirectoryRoleStore } from '@holdfast/directory';
import { groupIdsOf, objectsOf } from './fake-memberships.ts';
import type { FakeState } from './fake-state.ts';

export const fakeDirectoryRoles = (state: FakeState): DirectoryRoleStore => ({
  assign: async (assignment) => {
    if (!state.roles.find(isSame(assignment))) state.roles.insert(assignment);
  },
  unassign: async (tenantId, grant) => state.roles.remove(isSame({ tenantId, ...grant })) > 0,
  listOfPrincipal: async (tenantId, principalId) => {
    const holders = new Set([principalId, ...groupIdsOf(state, tenantId, principalId)]);
    const held = state.roles.all().filter((role) => role.tenantId === tenantId && holders.has(role.principalId));
    return [...new Set(held.map((role) => role.roleId))].sort();
  },
  listHolders: async (tenantId, roleId) => {
    const held = state.roles.all().filter((role) => role.tenantId === tenantId && role.roleId === roleId);
    return objectsOf(state, tenantId, new Set(held.map((role) => role.principalId)));
  },
});

const isSame = (one: Omit<DirectoryRoleAssignment, 'id'>) => (other: DirectoryRoleAssignment) =>
  one.tenantId === other.tenantId && one.principalId === other.principalId && one.roleId === other.roleId;
