import { Type } from 'typebox';
import { operation } from '../operation.ts';

const versions = {
  oldest: '2015-11-01',
  listed: ['2019-10-01', '2020-06-01', '2021-04-01', '2022-09-01', '2024-07-01', '2024-11-01', '2025-04-01'],
} as const;

const tags = Type.Record(Type.String(), Type.String());
const one = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}';

export const resourceGroupBody = Type.Object({
  location: Type.Optional(Type.String()),
  tags: Type.Optional(tags),
  managedBy: Type.Optional(Type.String()),
});
export const resourceGroupPatchBody = Type.Object({
  tags: Type.Optional(tags),
  managedBy: Type.Optional(Type.String()),
});

export const resourceGroupOperations = {
  ResourceGroups_List: operation({
    id: 'ResourceGroups_List',
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/resourceGroups',
    scope: '/subscriptions/{subscriptionId}',
    access: 'filtered',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
    versions,
    effect: 'read',
  }),
  ResourceGroups_Get: operation({
    id: 'ResourceGroups_Get',
    method: 'GET',
    path: one,
    access: 'authorized',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
    versions,
    effect: 'read',
  }),
  ResourceGroups_CheckExistence: operation({
    id: 'ResourceGroups_CheckExistence',
    method: 'HEAD',
    path: one,
    access: 'authorized',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
    versions,
    effect: 'read',
  }),
  ResourceGroups_CreateOrUpdate: operation({
    id: 'ResourceGroups_CreateOrUpdate',
    method: 'PUT',
    path: one,
    access: 'authorized',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/write',
    versions,
    body: resourceGroupBody,
    effect: 'write',
  }),
  ResourceGroups_Update: operation({
    id: 'ResourceGroups_Update',
    method: 'PATCH',
    path: one,
    access: 'authorized',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/write',
    versions,
    body: resourceGroupPatchBody,
    effect: 'write',
  }),
  ResourceGroups_Delete: operation({
    id: 'ResourceGroups_Delete',
    method: 'DELETE',
    path: one,
    access: 'authorized',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/delete',
    versions,
    effect: 'write',
  }),
  Operations_GetResult: operation({
    id: 'Operations_GetResult',
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/operationresults/{operationId}',
    access: 'signed-in',
    versions,
    effect: 'read',
  }),
} as const;
