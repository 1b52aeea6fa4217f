import type { Uuid } from '@holdfast/kernel';
import type { Role } from './role.ts';

interface Definition {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
}

const definitions: readonly Definition[] = [
  {
    id: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    name: 'Owner',
    description: 'Full access to all resources, including the ability to grant access to others.',
    actions: ['*'],
  },
  {
    id: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
    name: 'Contributor',
    description: 'Full access to all resources, without the ability to grant access to others.',
    actions: ['*'],
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
      'Microsoft.Blueprint/blueprintAssignments/write',
      'Microsoft.Blueprint/blueprintAssignments/delete',
      'Microsoft.Compute/galleries/share/action',
      'Microsoft.Purview/consents/write',
      'Microsoft.Purview/consents/delete',
      'Microsoft.Resources/deploymentStacks/manageDenySetting/action',
      'Microsoft.Subscription/cancel/action',
      'Microsoft.Subscription/enable/action',
    ],
  },
  {
    id: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
    name: 'Reader',
    description: 'Read access to all resources; nothing can be changed.',
    actions: ['*/read'],
  },
  {
    id: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    name: 'User Access Administrator',
    description: 'Can read all resources and manage who has access to them.',
    actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'],
  },
  {
    id: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
    name: 'Role Based Access Control Administrator',
    description: 'Can read all resources and manage access to them by assigning roles, and in no other way.',
    actions: [
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
      '*/read',
      'Microsoft.Support/*',
    ],
  },
  {
    id: 'b64e21ea-ac4e-4cdf-9dc9-5b892992bee7',
    name: 'Azure Connected Machine Onboarding',
    description: 'Can connect servers as machines; cannot delete them or change what runs on them.',
    actions: [
      'Microsoft.HybridCompute/machines/read',
      'Microsoft.HybridCompute/machines/write',
      'Microsoft.HybridCompute/privateLinkScopes/read',
      'Microsoft.GuestConfiguration/guestConfigurationAssignments/read',
    ],
  },
  {
    id: 'cd570a14-e51a-42ad-bac8-bafd67325302',
    name: 'Azure Connected Machine Resource Administrator',
    description: 'Can read, write, delete and re-onboard connected machines and manage their extensions.',
    actions: [
      'Microsoft.HybridCompute/machines/read',
      'Microsoft.HybridCompute/machines/write',
      'Microsoft.HybridCompute/machines/delete',
      'Microsoft.HybridCompute/machines/UpgradeExtensions/action',
      'Microsoft.HybridCompute/machines/extensions/read',
      'Microsoft.HybridCompute/machines/extensions/write',
      'Microsoft.HybridCompute/machines/extensions/delete',
      'Microsoft.HybridCompute/machines/licenseProfiles/read',
      'Microsoft.HybridCompute/machines/licenseProfiles/write',
      'Microsoft.HybridCompute/machines/licenseProfiles/delete',
      'Microsoft.HybridCompute/machines/runCommands/read',
      'Microsoft.HybridCompute/machines/runCommands/write',
      'Microsoft.HybridCompute/machines/runCommands/delete',
      'Microsoft.HybridCompute/licenses/write',
      'Microsoft.HybridCompute/licenses/delete',
      'Microsoft.HybridCompute/privateLinkScopes/*',
      'Microsoft.HybridCompute/*/read',
      'Microsoft.Resources/deployments/*',
    ],
  },
];

/** Azure's built-in roles that concern servers, with Azure's ids and actions. */
export const builtInRoles: readonly Role[] = definitions.map(({ id, notActions = [], ...rest }) => ({
  ...rest,
  id: id as Uuid,
  notActions,
  dataActions: [],
  notDataActions: [],
}));

/** A built-in role by its name (letter case does not count) or id. */
export const findBuiltInRole = (nameOrId: string): Role | undefined => {
  const wanted = nameOrId.toLowerCase();
  return builtInRoles.find((each) => each.id === wanted || each.name.toLowerCase() === wanted);
};
