import { armError } from '@holdfast/arm';
import type { DirectoryContext } from '@holdfast/contracts';
import { directoryRoles } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { GraphStores } from '../stores.ts';

/** Refuses what would leave the tenant without a Global Administrator who can sign in. */
export const keepOneAdministrator = async (
  { roles, users }: Pick<GraphStores, 'roles' | 'users'>,
  { caller: { tenantId } }: DirectoryContext,
  principalId: Uuid,
): Promise<void> => {
  const holders = await roles.listHolders(tenantId, directoryRoles.globalAdministrator);
  if (!holders.some(({ id }) => id === principalId)) return;
  for (const { id, kind } of holders) {
    if (id === principalId || kind !== 'user') continue;
    const other = await users.find(tenantId, id);
    if (other?.enabled === true) return;
  }
  throw armError('DirectoryBadRequest', {
    detail: 'This is the last Global Administrator of the organization. Give the role to somebody else first.',
  });
};
