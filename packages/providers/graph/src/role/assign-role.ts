import { armError } from '@holdfast/arm';
import type { DirectoryContext } from '@holdfast/contracts';
import { type DirectoryRole, directoryRoles } from '@holdfast/directory';
import { newUuid, type Uuid } from '@holdfast/kernel';
import { keepOneAdministrator } from '../access/keep-one-administrator.ts';
import type { GraphDependencies, GraphStores } from '../stores.ts';

export interface RoleGrant {
  readonly context: DirectoryContext;
  readonly role: DirectoryRole;
  readonly principalId: Uuid;
}

/** Whether the principal holds the role itself; through a group does not count. */
export const holdsRole = async (
  { roles }: Pick<GraphStores, 'roles'>,
  { context, role, principalId }: RoleGrant,
): Promise<boolean> => {
  const holders = await roles.listHolders(context.caller.tenantId, role.id);
  return holders.some(({ id }) => id === principalId);
};

export const assignRole = async (dependencies: GraphDependencies, grant: RoleGrant): Promise<void> => {
  const { context, role, principalId } = grant;
  if (await holdsRole(dependencies, grant))
    throw armError('DirectoryBadRequest', {
      detail: 'A conflicting object with one or more of the specified property values is present in the directory.',
    });
  const id = newUuid(dependencies.random);
  await dependencies.roles.assign({ id, tenantId: context.caller.tenantId, principalId, roleId: role.id });
};

/** False when the principal did not hold it. */
export const unassignRole = async (
  stores: GraphStores,
  { context, role, principalId }: RoleGrant,
): Promise<boolean> => {
  if (role.id === directoryRoles.globalAdministrator) await keepOneAdministrator(stores, context, principalId);
  return stores.roles.unassign(context.caller.tenantId, { principalId, roleId: role.id });
};
