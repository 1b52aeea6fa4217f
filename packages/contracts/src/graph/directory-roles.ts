import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { known, nullable, reference } from './fields.ts';
import { creates, deletes, reads } from './operations.ts';

const all = '/v1.0/directoryRoles';
const one = `${all}/{id}` as const;
const templates = '/v1.0/directoryRoleTemplates';
const management = '/v1.0/roleManagement/directory';
const read = 'microsoft.directory/directoryRoles/read';
/** Only of whoever may do everything. */
const assign = 'microsoft.directory/directoryRoles/members/update';

export const roleAssignmentBody = known({
  principalId: Type.String({ format: 'uuid' }),
  roleDefinitionId: Type.String({ format: 'uuid' }),
  directoryScopeId: nullable({ maxLength: 256 }),
});

/** The older way to who holds which role. */
export const directoryRoleOperations = {
  DirectoryRoles_List: operation({ id: 'DirectoryRoles_List', ...reads, path: all, action: read }),
  DirectoryRoles_Get: operation({ id: 'DirectoryRoles_Get', ...reads, path: one, action: read }),
  DirectoryRoles_ListMembers: operation({
    id: 'DirectoryRoles_ListMembers',
    ...reads,
    path: `${one}/members`,
    action: read,
  }),
  DirectoryRoles_AddMember: operation({
    id: 'DirectoryRoles_AddMember',
    ...creates,
    path: `${one}/members/$ref`,
    action: assign,
    body: reference,
  }),
  DirectoryRoles_RemoveMember: operation({
    id: 'DirectoryRoles_RemoveMember',
    ...deletes,
    path: `${one}/members/{memberId}/$ref`,
    action: assign,
  }),
  DirectoryRoleTemplates_List: operation({
    id: 'DirectoryRoleTemplates_List',
    ...reads,
    path: templates,
    action: read,
  }),
  DirectoryRoleTemplates_Get: operation({
    id: 'DirectoryRoleTemplates_Get',
    ...reads,
    path: `${templates}/{id}`,
    action: read,
  }),
} as const;

/** The newer way. */
export const roleManagementOperations = {
  DirectoryRoleDefinitions_List: operation({
    id: 'DirectoryRoleDefinitions_List',
    ...reads,
    path: `${management}/roleDefinitions`,
    action: read,
  }),
  DirectoryRoleDefinitions_Get: operation({
    id: 'DirectoryRoleDefinitions_Get',
    ...reads,
    path: `${management}/roleDefinitions/{id}`,
    action: read,
  }),
  DirectoryRoleAssignments_List: operation({
    id: 'DirectoryRoleAssignments_List',
    ...reads,
    path: `${management}/roleAssignments`,
    action: read,
  }),
  DirectoryRoleAssignments_Create: operation({
    id: 'DirectoryRoleAssignments_Create',
    ...creates,
    path: `${management}/roleAssignments`,
    action: assign,
    body: roleAssignmentBody,
  }),
  DirectoryRoleAssignments_Get: operation({
    id: 'DirectoryRoleAssignments_Get',
    ...reads,
    path: `${management}/roleAssignments/{id}`,
    action: read,
  }),
  DirectoryRoleAssignments_Delete: operation({
    id: 'DirectoryRoleAssignments_Delete',
    ...deletes,
    path: `${management}/roleAssignments/{id}`,
    action: assign,
  }),
} as const;
