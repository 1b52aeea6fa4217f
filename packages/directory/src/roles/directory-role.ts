import type { Brand } from '@holdfast/kernel';

/** The template id of a built-in directory role; the ids are Entra's, because scripts write them down. */
export type DirectoryRoleId = Brand<string, 'DirectoryRoleId'>;

export interface DirectoryRole {
  readonly id: DirectoryRoleId;
  readonly displayName: string;
  readonly description: string;
  /** Patterns over the actions of the directory's operations; `*` stands for any text. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

const id = (text: string) => text as DirectoryRoleId;

export const directoryRoles = {
  globalAdministrator: id('62e90394-69f5-4237-9190-012177145e10'),
  applicationAdministrator: id('9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'),
  cloudApplicationAdministrator: id('158c047a-c907-4556-b7ef-446551a6b5f7'),
  userAdministrator: id('fe930be7-5e62-47db-91af-98c3a49a38b1'),
  directoryReaders: id('88d8e3e3-8f55-4a1e-953a-9b9898b8876b'),
} as const;

/** What every reader of the directory may see; secrets' hashes and sign-ins are not part of it. */
const reading = [
  'microsoft.directory/users/read',
  'microsoft.directory/groups/read',
  'microsoft.directory/applications/read',
  'microsoft.directory/servicePrincipals/read',
  'microsoft.directory/directoryRoles/read',
  'microsoft.directory/oAuth2PermissionGrants/read',
  'microsoft.directory/organization/read',
] as const;

const applications = [
  'microsoft.directory/applications/*',
  'microsoft.directory/servicePrincipals/*',
  'microsoft.directory/oAuth2PermissionGrants/*',
] as const;

/**
 * The built-in roles. Who can put a credential on an application acts with that application's rights, so the application
 * administrators' power over privileged applications and the user administrator's over privileged people is cut by the
 * operations themselves.
 */
export const builtInDirectoryRoles: readonly DirectoryRole[] = [
  {
    id: directoryRoles.globalAdministrator,
    displayName: 'Global Administrator',
    description: 'Can manage all aspects of the directory.',
    actions: ['microsoft.directory/*'],
    notActions: [],
  },
  {
    id: directoryRoles.applicationAdministrator,
    displayName: 'Application Administrator',
    description: 'Can create and manage all aspects of applications and service principals.',
    actions: [...reading, ...applications],
    notActions: [],
  },
  {
    id: directoryRoles.cloudApplicationAdministrator,
    displayName: 'Cloud Application Administrator',
    description: 'Can create and manage all aspects of applications and service principals.',
    actions: [...reading, ...applications],
    notActions: [],
  },
  {
    id: directoryRoles.userAdministrator,
    displayName: 'User Administrator',
    description: 'Can manage users and groups, and reset passwords of people without an administrator role.',
    actions: [...reading, 'microsoft.directory/users/*', 'microsoft.directory/groups/*'],
    notActions: [],
  },
  {
    id: directoryRoles.directoryReaders,
    displayName: 'Directory Readers',
    description: 'Can read basic directory information.',
    actions: reading,
    notActions: [],
  },
];

export const findDirectoryRole = (roleId: string): DirectoryRole | undefined =>
  builtInDirectoryRoles.find((role) => role.id === roleId.toLowerCase());
