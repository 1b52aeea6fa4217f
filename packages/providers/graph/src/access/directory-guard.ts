import { armError } from '@holdfast/arm';
import type { DirectoryContext } from '@holdfast/contracts';
import type { Application, DirectoryRoleStore, ServicePrincipal, ServicePrincipalStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';

/** Only whoever may do everything in the directory may do this. */
const action = 'microsoft.directory/privileged/update';

/**
 * Who can give an administrator a password, or a program with power a secret, has that power. So whatever holds a
 * directory role, itself or through groups, is changed by Global Administrators only; a group is what its members hold.
 */
export const guardPrincipal = async (
  { roles }: { readonly roles: DirectoryRoleStore },
  context: DirectoryContext,
  principalId: Uuid,
): Promise<void> => {
  if (context.may(action)) return;
  const held = await roles.listOfPrincipal(context.caller.tenantId, principalId);
  if (held.length > 0) throw armError('DirectoryPrivileged', { id: principalId });
};

/** A permission on the directory's API is power as well. */
export const guardServicePrincipal = async (
  stores: { readonly roles: DirectoryRoleStore },
  context: DirectoryContext,
  { id, permissions }: ServicePrincipal,
): Promise<void> => {
  if (permissions.length > 0 && !context.may(action)) throw armError('DirectoryPrivileged', { id });
  await guardPrincipal(stores, context, id);
};

/** An application's credentials are those of its service principal. */
export const guardApplication = async (
  stores: { readonly roles: DirectoryRoleStore; readonly servicePrincipals: ServicePrincipalStore },
  context: DirectoryContext,
  { appId }: Application,
): Promise<void> => {
  const where = [{ field: 'appId', operator: 'equals', value: appId }] as const;
  const { items } = await stores.servicePrincipals.list(context.caller.tenantId, { where, top: 1, after: undefined });
  for (const principal of items) await guardServicePrincipal(stores, context, principal);
};
