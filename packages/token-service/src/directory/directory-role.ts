import type { Brand } from '@holdfast/kernel';

/** The template id of a built-in directory role; the ids are Entra's, because scripts write them down. */
export type DirectoryRoleId = Brand<string, 'DirectoryRoleId'>;

export const directoryRoles = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10' as DirectoryRoleId,
} as const;
