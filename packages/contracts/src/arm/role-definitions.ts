import { operationsAt } from './role-scopes.ts';

const versions = {
  resourceType: 'Microsoft.Authorization/roleDefinitions',
  oldest: '2015-07-01',
  listed: ['2015-07-01', '2018-01-01-preview', '2022-04-01', '2022-05-01-preview'],
} as const;

/** Whoever may read roles anywhere at or below a scope may look up what a role there means. */
const lookUp = {
  method: 'GET',
  access: 'filtered',
  action: 'Microsoft.Authorization/roleDefinitions/read',
  versions,
  effect: 'read',
} as const;

const all = '/providers/Microsoft.Authorization/roleDefinitions';

/** What can be done with roles at a scope of any kind. */
export const scopedRoleDefinitions = {
  RoleDefinitions_List: { ...lookUp, path: all },
  RoleDefinitions_Get: { ...lookUp, path: `${all}/{roleDefinitionId}` },
} as const;

export const roleDefinitionOperations = {
  ...operationsAt('Tenant', scopedRoleDefinitions),
  ...operationsAt('Subscription', scopedRoleDefinitions),
  ...operationsAt('ResourceGroup', scopedRoleDefinitions),
  ...operationsAt('Resource', scopedRoleDefinitions),
  ...operationsAt('ChildResource', scopedRoleDefinitions),
} as const;
