/** A permission on the directory's API, under Graph's name and ids. */
export interface DirectoryPermission {
  readonly name: string;
  /** As a program's own (`roles`); undefined where programs cannot have it. */
  readonly appRoleId?: string;
  /** As what a program may do in a person's name (`scp`); undefined where there is no such thing. */
  readonly scopeId?: string;
  /** Patterns over the actions of the directory's operations. */
  readonly actions: readonly string[];
  /** What else it allows on that which the program owns. */
  readonly ownedActions?: readonly string[];
}

const area = (...patterns: readonly string[]) => patterns.map((pattern) => `microsoft.directory/${pattern}`);

const ownWork = area('applications/*', 'servicePrincipals/*');
const reading = area(
  ...['users', 'groups', 'applications', 'servicePrincipals', 'directoryRoles', 'oAuth2PermissionGrants'].map(
    (kind) => `${kind}/read`,
  ),
  'organization/read',
);
const people = ['users/read', 'users/create', 'users/update', 'users/delete', 'users/enable', 'users/disable'] as const;

/**
 * None of them lets its holder reset passwords, hand out roles or permissions, or touch what holds one: a program that
 * is to do so holds a directory role itself. Acting as a person (`Directory.AccessAsUser.All`) is limited by that
 * person's own rights.
 */
export const directoryPermissions: readonly DirectoryPermission[] = [
  {
    name: 'Application.Read.All',
    appRoleId: '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
    scopeId: 'c79f8feb-a9db-4090-85f9-90d820caa0eb',
    actions: area('applications/read', 'servicePrincipals/read'),
  },
  {
    name: 'Application.ReadWrite.All',
    appRoleId: '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
    scopeId: 'bdfbf15f-ee85-4955-8675-146e8e5296b5',
    actions: ownWork,
  },
  {
    name: 'Application.ReadWrite.OwnedBy',
    appRoleId: '18a4783c-866b-4cc7-a460-3d5e5662c884',
    actions: area(
      'applications/read',
      'servicePrincipals/read',
      'applications/create',
      'servicePrincipals/createOwned',
    ),
    ownedActions: ownWork,
  },
  {
    name: 'Directory.Read.All',
    appRoleId: '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
    scopeId: '06da0dbc-49e2-44d2-8312-53f166ab848a',
    actions: reading,
  },
  {
    name: 'Directory.ReadWrite.All',
    appRoleId: '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
    scopeId: 'c5366453-9fb0-48a5-a156-24f0c49a4b84',
    actions: [...reading, ...area(...people, 'groups/*', 'oAuth2PermissionGrants/*'), ...ownWork],
  },
  {
    name: 'Directory.AccessAsUser.All',
    scopeId: '0e263e50-5827-48a4-b97c-d940288653c7',
    actions: area('*'),
  },
  {
    name: 'User.Read',
    scopeId: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d',
    actions: area('me/read', 'organization/read'),
  },
  {
    name: 'User.ReadBasic.All',
    scopeId: 'b340eb25-3456-403f-be2f-af7a0d370277',
    actions: area('users/read', 'me/read'),
  },
  {
    name: 'User.Read.All',
    appRoleId: 'df021288-bdef-4463-88db-98f22de89214',
    scopeId: 'a154be20-db9c-4678-8ab7-66f6cc099a59',
    actions: area('users/read', 'me/read'),
  },
  {
    name: 'User.ReadWrite.All',
    appRoleId: '741f803b-c850-494e-b5df-cde7c675a1ca',
    scopeId: '204e0828-b5ca-4ad8-b9f3-f32a958e7cc4',
    actions: area(...people, 'me/read'),
  },
  {
    name: 'Group.Read.All',
    appRoleId: '5b567255-7703-4780-807c-7be8301ae99b',
    scopeId: '5f8c59db-677d-491f-a6b8-5f174b11ec1d',
    actions: area('groups/read'),
  },
  {
    name: 'Group.ReadWrite.All',
    appRoleId: '62a82d76-70ea-41e2-9197-370581804d09',
    scopeId: '4e46008b-f24c-477d-8fff-7bb4ec7aafe0',
    actions: area('groups/*'),
  },
  {
    name: 'AuditLog.Read.All',
    appRoleId: 'b0afded3-3588-46d8-8b3d-9842eff778da',
    scopeId: 'e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20',
    actions: area('signInReports/read'),
  },
  {
    name: 'Policy.Read.All',
    appRoleId: '246dd0d5-5bd0-4def-940b-0421030a5b68',
    scopeId: '572fea84-0151-49b2-9301-11cb16974376',
    actions: area('conditionalAccessPolicies/read', 'namedLocations/read'),
  },
  {
    name: 'Policy.ReadWrite.ConditionalAccess',
    appRoleId: '01c0a623-fc9b-48e9-b794-0756f8e8f067',
    scopeId: 'ad902697-1014-4ef5-81ef-2b4301988e8c',
    actions: area('conditionalAccessPolicies/*', 'namedLocations/*'),
  },
];
