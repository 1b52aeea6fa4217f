import { directoryPermissions } from '@holdfast/contracts';
import type { ServicePrincipal } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { Entity } from '../answers/entity-answer.ts';

interface OwnApi {
  /** Also the object id, the same in every tenant. */
  readonly appId: Uuid;
  readonly displayName: string;
  readonly names: readonly string[];
}

const api = (appId: string, displayName: string, ...names: readonly string[]): OwnApi => ({
  appId: appId as Uuid,
  displayName,
  names,
});

export const graphApi = api('00000003-0000-0000-c000-000000000000', 'Microsoft Graph', 'https://graph.microsoft.com');

/** APIs of ours that every tenant has, under the ids of Azure's, so that permissions on them can be asked for. */
const ownApis: readonly OwnApi[] = [
  graphApi,
  api(
    '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    'Windows Azure Service Management API',
    'https://management.azure.com',
    'https://management.core.windows.net',
  ),
];

export const findOwnApi = (idOrName: string): OwnApi | undefined => {
  const wanted = idOrName.toLowerCase().replace(/\/+$/, '');
  return ownApis.find(({ appId, names }) => appId === wanted || names.includes(wanted));
};

/** As a service principal of the tenant, though none is stored. */
export const ownApiPrincipal = ({ appId, displayName, names }: OwnApi, tenantId: Uuid): ServicePrincipal => ({
  id: appId,
  tenantId,
  appId,
  applicationId: undefined,
  kind: 'Application',
  displayName,
  enabled: true,
  identifierUris: names,
  permissions: [],
  tags: [],
  createdAt: new Date(0),
});

/** What can be asked for at an API of ours: for programs themselves, and in people's names. */
export const ownApiPermissions = ({ appId }: OwnApi): { appRoles: readonly Entity[]; scopes: readonly Entity[] } => {
  if (appId !== graphApi.appId)
    return { appRoles: [], scopes: [scope('41094075-9dad-400e-a0bd-54e686782033', 'user_impersonation')] };
  return {
    appRoles: directoryPermissions.flatMap(({ name, appRoleId }) =>
      appRoleId === undefined
        ? []
        : [{ id: appRoleId, value: name, displayName: name, allowedMemberTypes: ['Application'], isEnabled: true }],
    ),
    scopes: directoryPermissions.flatMap(({ name, scopeId }) => (scopeId === undefined ? [] : [scope(scopeId, name)])),
  };
};

const scope = (id: string, value: string): Entity => ({
  id,
  value,
  adminConsentDisplayName: value,
  isEnabled: true,
  type: 'Admin',
});
