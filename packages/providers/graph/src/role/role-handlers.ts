import type { GraphDependencies } from '../stores.ts';
import {
  getDirectoryRole,
  getDirectoryRoleTemplate,
  getRoleDefinition,
  listDirectoryRoles,
  listDirectoryRoleTemplates,
  listRoleDefinitions,
  listRoleMembers,
} from './read-roles.ts';
import {
  createRoleAssignment,
  deleteRoleAssignment,
  getRoleAssignment,
  listRoleAssignments,
} from './role-assignments.ts';
import { addRoleMember, removeRoleMember } from './role-members.ts';

export const roleHandlers = (dependencies: GraphDependencies) => ({
  DirectoryRoles_List: listDirectoryRoles(),
  DirectoryRoles_Get: getDirectoryRole(),
  DirectoryRoles_ListMembers: listRoleMembers(dependencies),
  DirectoryRoles_AddMember: addRoleMember(dependencies),
  DirectoryRoles_RemoveMember: removeRoleMember(dependencies),
  DirectoryRoleTemplates_List: listDirectoryRoleTemplates(),
  DirectoryRoleTemplates_Get: getDirectoryRoleTemplate(),
  DirectoryRoleDefinitions_List: listRoleDefinitions(),
  DirectoryRoleDefinitions_Get: getRoleDefinition(),
  DirectoryRoleAssignments_List: listRoleAssignments(dependencies),
  DirectoryRoleAssignments_Create: createRoleAssignment(dependencies),
  DirectoryRoleAssignments_Get: getRoleAssignment(dependencies),
  DirectoryRoleAssignments_Delete: deleteRoleAssignment(dependencies),
});
