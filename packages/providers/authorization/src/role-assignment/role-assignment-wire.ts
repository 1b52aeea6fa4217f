import type { Place } from '../place/place.ts';
import { formatRoleId } from '../role-definition/role-definition-id.ts';
import type { RoleAssignment } from './role-assignment.ts';

/** `asked` is the place of the request, from which the role's id is told. */
export const roleAssignmentToWire = (assignment: RoleAssignment, asked: Place) => ({
  id: `${assignment.place === '/' ? '' : assignment.place}/providers/Microsoft.Authorization/roleAssignments/${assignment.id}`,
  name: assignment.id,
  type: 'Microsoft.Authorization/roleAssignments',
  properties: {
    roleDefinitionId: formatRoleId(assignment.roleId, asked),
    principalId: assignment.principalId,
    principalType: assignment.principalType ?? 'Unknown',
    scope: assignment.place,
    description: assignment.description ?? null,
    condition: null,
    conditionVersion: null,
    createdOn: assignment.createdAt.toISOString(),
    updatedOn: assignment.updatedAt.toISOString(),
    createdBy: assignment.createdBy,
    updatedBy: assignment.updatedBy,
    delegatedManagedIdentityResourceId: null,
  },
});
