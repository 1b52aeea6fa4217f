import type { Operation } from '@holdfast/contracts';
import { directoryPermissions } from '@holdfast/contracts';
import { directoryRoles } from '@holdfast/directory';
import { domain, groups, people, programs } from './graph-world.test-support.ts';

/** One object of each kind, as paths and bodies name it. */
export interface Targets {
  readonly applications: string;
  readonly servicePrincipals: string;
  readonly users: string;
  readonly groups: string;
}

export const plainTargets: Targets = {
  applications: programs.plain.id,
  servicePrincipals: programs.plain.principalId,
  users: people.member,
  groups: groups.plain,
};

const nobody = 'eeeeeeee-0000-4000-8000-000000000001';

/** A request for an operation, about the targets: `GET /users/{id}` with the id in it. */
export const lineFor = ({ method, path }: Operation, targets: Targets = plainTargets): string => {
  const collection = path.split('/')[2] ?? '';
  const ids: Readonly<Record<string, string>> = {
    ...targets,
    directoryObjects: targets.users,
    directoryRoles: directoryRoles.directoryReaders,
    directoryRoleTemplates: directoryRoles.directoryReaders,
  };
  const filled = path.replace('{id}', ids[collection] ?? nobody).replace(/\{\w+\}/g, nobody);
  return `${method} ${filled.slice('/v1.0'.length)}`;
};

const reference = (id: string) => ({ '@odata.id': `https://graph.example/v1.0/directoryObjects/${id}` });
const policy = {
  displayName: 'p',
  state: 'disabled',
  conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
  grantControls: { operator: 'OR', builtInControls: ['block'] },
};

/** A body that the operation takes. */
export const bodyFor = (operation: Operation, targets: Targets = plainTargets): unknown => {
  const bodies: Readonly<Record<string, unknown>> = {
    Applications_Create: { displayName: 'new' },
    Applications_RemovePassword: { keyId: nobody },
    FederatedCredentials_Create: { name: 'github', issuer: 'https://i.example', subject: 's', audiences: ['a'] },
    ServicePrincipals_Create: { appId: programs.plain.appId },
    ServicePrincipals_RemovePassword: { keyId: nobody },
    AppRoleAssignments_Create: {
      principalId: targets.servicePrincipals,
      resourceId: '00000003-0000-0000-c000-000000000000',
      appRoleId: directoryPermissions[0]?.appRoleId,
    },
    Users_Create: {
      accountEnabled: true,
      displayName: 'new',
      mailNickname: 'new',
      userPrincipalName: `new@${domain}`,
      passwordProfile: { password: 'several words in a row' },
    },
    Me_ChangePassword: { currentPassword: 'wrong', newPassword: 'several words in a row' },
    Groups_Create: { displayName: 'new', mailNickname: 'new', mailEnabled: false, securityEnabled: true },
    DirectoryObjects_GetByIds: { ids: [targets.users, targets.groups, targets.servicePrincipals] },
    DirectoryRoleAssignments_Create: {
      principalId: targets.users,
      roleDefinitionId: directoryRoles.directoryReaders,
      directoryScopeId: '/',
    },
    PermissionGrants_Create: {
      clientId: targets.servicePrincipals,
      consentType: 'AllPrincipals',
      resourceId: '00000003-0000-0000-c000-000000000000',
      scope: 'User.Read',
    },
    PermissionGrants_Update: { scope: 'User.Read' },
    ConditionalAccessPolicies_Create: policy,
    NamedLocations_Create: { displayName: 'office', ipRanges: [{ cidrAddress: '10.0.0.0/8' }] },
  };
  if (operation.path.endsWith('/$ref') && operation.method === 'POST') return reference(targets.users);
  if (operation.path.endsWith('/checkMemberGroups')) return { groupIds: [targets.groups] };
  return operation.body === undefined ? undefined : (bodies[operation.id] ?? {});
};
