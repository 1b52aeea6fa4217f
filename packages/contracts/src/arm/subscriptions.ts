import { Type } from 'typebox';
import { operation } from '../operation.ts';

const versions = {
  oldest: '2014-04-01',
  listed: ['2016-06-01', '2019-11-01', '2020-01-01', '2021-01-01', '2022-12-01'],
} as const;
const aliasVersions = {
  resourceType: 'Microsoft.Subscription/aliases',
  oldest: '2020-09-01',
  listed: ['2020-09-01', '2021-10-01'],
} as const;
const subscriptionVersions = { ...aliasVersions, resourceType: 'Microsoft.Subscription/subscriptions' } as const;

export const aliasBody = Type.Object({
  properties: Type.Object({
    displayName: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    subscriptionId: Type.Optional(Type.String()),
    workload: Type.Optional(Type.String()),
    billingScope: Type.Optional(Type.String()),
  }),
});

export const renameBody = Type.Object({ subscriptionName: Type.String({ minLength: 1, maxLength: 64 }) });

/** Tenants and subscriptions. Any grant in a subscription lets its holder see that it exists. Created by alias, renamed and cancelled by Microsoft.Subscription's own calls. */
export const subscriptionOperations = {
  Tenants_List: operation({
    id: 'Tenants_List',
    method: 'GET',
    path: '/tenants',
    access: 'signed-in',
    versions,
    effect: 'read',
  }),
  Subscriptions_List: operation({
    id: 'Subscriptions_List',
    method: 'GET',
    path: '/subscriptions',
    scope: '/',
    access: 'filtered',
    versions,
    effect: 'read',
  }),
  Subscriptions_Get: operation({
    id: 'Subscriptions_Get',
    method: 'GET',
    path: '/subscriptions/{subscriptionId}',
    access: 'filtered',
    versions,
    effect: 'read',
  }),
  Subscriptions_ListLocations: operation({
    id: 'Subscriptions_ListLocations',
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/locations',
    scope: '/subscriptions/{subscriptionId}',
    access: 'filtered',
    versions,
    effect: 'read',
  }),
  Alias_Create: operation({
    id: 'Alias_Create',
    method: 'PUT',
    path: '/providers/Microsoft.Subscription/aliases/{aliasName}',
    access: 'authorized',
    action: 'Microsoft.Subscription/aliases/write',
    versions: aliasVersions,
    body: aliasBody,
    effect: 'write',
  }),
  Alias_Get: operation({
    id: 'Alias_Get',
    method: 'GET',
    path: '/providers/Microsoft.Subscription/aliases/{aliasName}',
    access: 'authorized',
    action: 'Microsoft.Subscription/aliases/read',
    versions: aliasVersions,
    effect: 'read',
  }),
  Subscription_Rename: operation({
    id: 'Subscription_Rename',
    method: 'POST',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.Subscription/rename',
    scope: '/subscriptions/{subscriptionId}',
    access: 'authorized',
    action: 'Microsoft.Subscription/rename/action',
    versions: subscriptionVersions,
    body: renameBody,
    effect: 'write',
  }),
  Subscription_Cancel: operation({
    id: 'Subscription_Cancel',
    method: 'POST',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.Subscription/cancel',
    scope: '/subscriptions/{subscriptionId}',
    access: 'authorized',
    action: 'Microsoft.Subscription/cancel/action',
    versions: subscriptionVersions,
    effect: 'write',
  }),
} as const;
