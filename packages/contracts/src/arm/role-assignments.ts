import { Type } from 'typebox';
import { operationsAt } from './role-scopes.ts';

const versions = {
  resourceType: 'Microsoft.Authorization/roleAssignments',
  oldest: '2015-07-01',
  listed: ['2015-07-01', '2018-01-01-preview', '2018-09-01-preview', '2020-04-01-preview', '2022-04-01'],
} as const;

const all = '/providers/Microsoft.Authorization/roleAssignments';
const one = `${all}/{roleAssignmentName}` as const;

const text = Type.String();
const textOrNull = Type.Optional(Type.Union([text, Type.Null()]));

export const roleAssignmentBody = Type.Object({
  properties: Type.Object({
    roleDefinitionId: text,
    principalId: text,
    principalType: textOrNull,
    description: Type.Optional(Type.Union([Type.String({ maxLength: 2048 }), Type.Null()])),
    condition: textOrNull,
    conditionVersion: textOrNull,
    delegatedManagedIdentityResourceId: textOrNull,
    canDelegate: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  }),
});

/** What can be done with grants at a scope of any kind. The name of one is a GUID of its creator's choice. */
export const scopedRoleAssignments = {
  RoleAssignments_List: {
    method: 'GET',
    path: all,
    access: 'filtered',
    action: 'Microsoft.Authorization/roleAssignments/read',
    versions,
    effect: 'read',
  },
  RoleAssignments_Get: {
    method: 'GET',
    path: one,
    access: 'authorized',
    action: 'Microsoft.Authorization/roleAssignments/read',
    versions,
    effect: 'read',
  },
  RoleAssignments_Create: {
    method: 'PUT',
    path: one,
    access: 'authorized',
    action: 'Microsoft.Authorization/roleAssignments/write',
    versions,
    body: roleAssignmentBody,
    effect: 'write',
  },
  RoleAssignments_Delete: {
    method: 'DELETE',
    path: one,
    access: 'authorized',
    action: 'Microsoft.Authorization/roleAssignments/delete',
    versions,
    effect: 'write',
  },
} as const;

export const roleAssignmentOperations = {
  ...operationsAt('Tenant', scopedRoleAssignments),
  ...operationsAt('Subscription', scopedRoleAssignments),
  ...operationsAt('ResourceGroup', scopedRoleAssignments),
  ...operationsAt('Resource', scopedRoleAssignments),
  ...operationsAt('ChildResource', scopedRoleAssignments),
} as const;
