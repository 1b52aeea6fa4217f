import { actionMatches } from '@holdfast/authorization';
import { type DirectoryPermission, directoryPermissions, type Principal } from '@holdfast/contracts';
import type { DirectoryActions } from '../ports.ts';

/** What a caller may do in the directory. */
export interface DirectoryRights {
  may(action: string): boolean;
  /** On that which the caller owns. */
  mayAsOwner(action: string): boolean;
}

/** Everybody's: the answer is limited to what the caller may read otherwise. */
const openAction = 'microsoft.directory/directoryObjects/read';

/**
 * A person acts through a program: both must be allowed, the person by a role or as an owner, the program by what it was
 * allowed to do in people's names. A program on its own is allowed by its roles and by the permissions it was given.
 */
export const directoryRights = (caller: Principal, roles: readonly DirectoryActions[]): DirectoryRights => {
  const byRole = (action: string) => roles.some((role) => grants(role, action));
  if (caller.kind === 'User') {
    const delegated = named(caller.scopes ?? [], ({ scopeId }) => scopeId);
    const byProgram = (action: string) => delegated.some(({ actions }) => covers(actions, action));
    return {
      may: (action) => action === openAction || (byProgram(action) && byRole(action)),
      mayAsOwner: byProgram,
    };
  }
  const permissions = named(caller.permissions ?? [], ({ appRoleId }) => appRoleId);
  return {
    may: (action) =>
      action === openAction || byRole(action) || permissions.some(({ actions }) => covers(actions, action)),
    mayAsOwner: (action) => permissions.some(({ ownedActions = [] }) => covers(ownedActions, action)),
  };
};

const named = (
  names: readonly string[],
  idOf: (permission: DirectoryPermission) => string | undefined,
): readonly DirectoryPermission[] =>
  directoryPermissions.filter((permission) => idOf(permission) !== undefined && names.includes(permission.name));

const covers = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => actionMatches(pattern, action));

const grants = (role: DirectoryActions, action: string): boolean =>
  covers(role.actions, action) && !covers(role.notActions, action);
