import {
  type HandlersOf,
  handlersAt,
  type roleOperations,
  type ScopedHandlers,
  type scopedRoleOperations,
} from '@holdfast/contracts';
import type { Places } from './place/places.ts';
import type { Principals } from './principals.ts';
import { deleteRoleAssignment } from './role-assignment/delete-role-assignment.ts';
import { getRoleAssignment } from './role-assignment/get-role-assignment.ts';
import { listRoleAssignments } from './role-assignment/list-role-assignments.ts';
import { putRoleAssignment } from './role-assignment/put-role-assignment.ts';
import type { RoleAssignmentStore } from './role-assignment/role-assignment.ts';
import { getRoleDefinition } from './role-definition/get-role-definition.ts';
import { listRoleDefinitions } from './role-definition/list-role-definitions.ts';

export interface AuthorizationDependencies {
  readonly assignments: RoleAssignmentStore;
  readonly principals: Principals;
  readonly places: Places;
}

export const authorizationHandlers = (dependencies: AuthorizationDependencies): HandlersOf<typeof roleOperations> => {
  const handlers: ScopedHandlers<typeof scopedRoleOperations> = {
    RoleDefinitions_List: listRoleDefinitions(dependencies),
    RoleDefinitions_Get: getRoleDefinition(dependencies),
    RoleAssignments_List: listRoleAssignments(dependencies),
    RoleAssignments_Get: getRoleAssignment(dependencies),
    RoleAssignments_Create: putRoleAssignment(dependencies),
    RoleAssignments_Delete: deleteRoleAssignment(dependencies),
  };
  return {
    ...handlersAt('Tenant', handlers),
    ...handlersAt('Subscription', handlers),
    ...handlersAt('ResourceGroup', handlers),
    ...handlersAt('Resource', handlers),
    ...handlersAt('ChildResource', handlers),
  };
};
