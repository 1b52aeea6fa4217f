import type { Uuid } from '@holdfast/kernel';
import type { Handle } from '../handle.ts';
import { deleteGrants } from './delete-grants.ts';
import { deletePeoplesGrants } from './delete-peoples-grants.ts';

/**
 * Deletes an application; its service principal, names and credentials go by their foreign keys. False when there was
 * none. Runs in a transaction.
 */
export const deleteApplication = async (db: Handle, tenantId: Uuid, applicationId: Uuid): Promise<boolean> => {
  const principalIds = await listPrincipalIds(db, tenantId, applicationId);
  const appId = await deleteRow(db, tenantId, applicationId);
  if (appId === undefined) return false;
  await deleteGrants(db, { tenantId, principalIds: [applicationId, ...principalIds] });
  await deletePeoplesGrants(db, tenantId, appId);
  return true;
};

const listPrincipalIds = async (db: Handle, tenantId: Uuid, applicationId: Uuid): Promise<readonly Uuid[]> => {
  const rows = await db
    .selectFrom('service_principal as principal')
    .select('principal.principal_id')
    .where('principal.tenant_id', '=', tenantId)
    .where('principal.application_id', '=', applicationId)
    .execute();
  return rows.map((row) => row.principal_id);
};

const deleteRow = async (db: Handle, tenantId: Uuid, applicationId: Uuid): Promise<Uuid | undefined> => {
  const deleted = await db
    .deleteFrom('application')
    .where('application.tenant_id', '=', tenantId)
    .where('application.application_id', '=', applicationId)
    .returning('application.app_id')
    .executeTakeFirst();
  return deleted?.app_id;
};
