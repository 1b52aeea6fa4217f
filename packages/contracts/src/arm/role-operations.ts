import { roleAssignmentOperations, scopedRoleAssignments } from './role-assignments.ts';
import { roleDefinitionOperations, scopedRoleDefinitions } from './role-definitions.ts';

/** Microsoft.Authorization: roles, and grants of them, at every kind of scope. */
export const roleOperations = { ...roleDefinitionOperations, ...roleAssignmentOperations } as const;

/** The same once, for the handlers that serve every kind. */
export const scopedRoleOperations = { ...scopedRoleDefinitions, ...scopedRoleAssignments } as const;
