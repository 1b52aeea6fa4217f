import { parseUuid } from '@holdfast/kernel';
import { runInTransaction } from '@holdfast/store-postgres';
import type { Administration } from '../../administer.ts';
import { ConfigError } from '../../config/config-error.ts';

/** Removes a program with its credentials and grants. A machine's identity goes with its machine. */
export const deletePrincipal = async (tools: Administration, { id }: { id: string }): Promise<void> => {
  const { database, stores, tenant, print } = tools;
  const wanted = parseUuid(id);
  const clients = await stores.directoryWriter.listServicePrincipals(tenant.id);
  const found = clients.find(({ appId, objectId }) => wanted.ok && [appId, objectId].includes(wanted.value));
  if (found === undefined)
    throw new ConfigError(`there is no principal with the id ${id}; see holdfast principal list`);
  const { objectId, displayName, kind } = found;
  if (kind === 'ManagedIdentity') {
    throw new ConfigError(`${id} is the identity of the machine ${displayName}: disconnect or delete the machine`);
  }
  await runInTransaction(database.db, async ({ directoryWriter, roleAssignments }) => {
    await roleAssignments.deleteOfPrincipal(tenant.id, objectId);
    await directoryWriter.deleteServicePrincipal(tenant.id, objectId);
  });
  print({ deleted: objectId, displayName });
};
