import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { keyCredentials, passwordCredentialBody, removePasswordBody } from './credentials.ts';
import { displayName, flag, known, opaque, reference, texts } from './fields.ts';
import { checkMemberGroupsBody, getMemberGroupsBody } from './member-groups.ts';
import { asks, creates, deletes, reads, updates } from './operations.ts';

const all = '/v1.0/servicePrincipals';
const one = `${all}/{id}` as const;
const owned = { ownedBy: 'servicePrincipal' } as const;
const read = 'microsoft.directory/servicePrincipals/read';
const changeCredentials = 'microsoft.directory/servicePrincipals/credentials/update';
const changeOwners = 'microsoft.directory/servicePrincipals/owners/update';

const settable = {
  accountEnabled: flag,
  tags: Type.Optional(texts),
  appRoleAssignmentRequired: flag,
};

export const servicePrincipalBody = known({ appId: Type.String({ format: 'uuid' }), ...settable });
export const servicePrincipalPatchBody = known({
  ...settable,
  displayName: Type.Optional(displayName),
  keyCredentials: Type.Optional(keyCredentials),
  appRoles: opaque,
});
/** A program's permission on an API; `resourceId` is the service principal of the API. */
export const appRoleAssignmentBody = known({
  principalId: Type.String({ format: 'uuid' }),
  resourceId: Type.String({ format: 'uuid' }),
  appRoleId: Type.String({ format: 'uuid' }),
});

export const servicePrincipalOperations = {
  ServicePrincipals_List: operation({ id: 'ServicePrincipals_List', ...reads, path: all, action: read }),
  /** Whoever may not create any may create those of the applications they own. */
  ServicePrincipals_Create: operation({
    id: 'ServicePrincipals_Create',
    ...creates,
    path: all,
    action: 'microsoft.directory/servicePrincipals/createOwned',
    body: servicePrincipalBody,
  }),
  ServicePrincipals_Get: operation({ id: 'ServicePrincipals_Get', ...reads, ...owned, path: one, action: read }),
  ServicePrincipals_Update: operation({
    id: 'ServicePrincipals_Update',
    ...updates,
    ...owned,
    path: one,
    action: 'microsoft.directory/servicePrincipals/update',
    body: servicePrincipalPatchBody,
  }),
  ServicePrincipals_Delete: operation({
    id: 'ServicePrincipals_Delete',
    ...deletes,
    ...owned,
    path: one,
    action: 'microsoft.directory/servicePrincipals/delete',
  }),
  ServicePrincipals_AddPassword: operation({
    id: 'ServicePrincipals_AddPassword',
    ...creates,
    ...owned,
    path: `${one}/addPassword`,
    action: changeCredentials,
    body: passwordCredentialBody,
  }),
  ServicePrincipals_RemovePassword: operation({
    id: 'ServicePrincipals_RemovePassword',
    ...creates,
    ...owned,
    path: `${one}/removePassword`,
    action: changeCredentials,
    body: removePasswordBody,
  }),
  ServicePrincipals_ListOwners: operation({
    id: 'ServicePrincipals_ListOwners',
    ...reads,
    ...owned,
    path: `${one}/owners`,
    action: read,
  }),
  ServicePrincipals_AddOwner: operation({
    id: 'ServicePrincipals_AddOwner',
    ...creates,
    ...owned,
    path: `${one}/owners/$ref`,
    action: changeOwners,
    body: reference,
  }),
  ServicePrincipals_RemoveOwner: operation({
    id: 'ServicePrincipals_RemoveOwner',
    ...deletes,
    ...owned,
    path: `${one}/owners/{ownerId}/$ref`,
    action: changeOwners,
  }),
  ServicePrincipals_ListMemberOf: operation({
    id: 'ServicePrincipals_ListMemberOf',
    ...reads,
    path: `${one}/memberOf`,
    action: read,
  }),
  ServicePrincipals_ListTransitiveMemberOf: operation({
    id: 'ServicePrincipals_ListTransitiveMemberOf',
    ...reads,
    path: `${one}/transitiveMemberOf`,
    action: read,
  }),
  ServicePrincipals_GetMemberGroups: operation({
    id: 'ServicePrincipals_GetMemberGroups',
    ...asks,
    path: `${one}/getMemberGroups`,
    action: read,
    body: getMemberGroupsBody,
  }),
  ServicePrincipals_CheckMemberGroups: operation({
    id: 'ServicePrincipals_CheckMemberGroups',
    ...asks,
    path: `${one}/checkMemberGroups`,
    action: read,
    body: checkMemberGroupsBody,
  }),
  ServicePrincipals_ListOwnedObjects: operation({
    id: 'ServicePrincipals_ListOwnedObjects',
    ...reads,
    path: `${one}/ownedObjects`,
    action: read,
  }),
} as const;

const assignments = `${one}/appRoleAssignments` as const;
/** Not among the actions on service principals: whoever may hand out permissions has them all. */
const assign = 'microsoft.directory/appRoleAssignments/update';

export const appRoleAssignmentOperations = {
  AppRoleAssignments_List: operation({
    id: 'AppRoleAssignments_List',
    ...reads,
    path: assignments,
    action: read,
  }),
  AppRoleAssignments_Create: operation({
    id: 'AppRoleAssignments_Create',
    ...creates,
    path: assignments,
    action: assign,
    body: appRoleAssignmentBody,
  }),
  AppRoleAssignments_Delete: operation({
    id: 'AppRoleAssignments_Delete',
    ...deletes,
    path: `${assignments}/{assignmentId}`,
    action: assign,
  }),
} as const;
