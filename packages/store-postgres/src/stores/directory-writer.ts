import type { Client, DirectoryWriter, Tenant, User } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { asOne, type Handle } from '../handle.ts';
import { clientOf, selectClients } from './client-row.ts';
import { createServicePrincipal } from './create-service-principal.ts';
import { deleteApplication } from './delete-application.ts';
import { userRowOf } from './user-row.ts';

export const createDirectoryWriter = (db: Handle): DirectoryWriter => ({
  createTenant: (tenant) => createTenant(db, tenant),
  updateTenant: (tenant) => updateTenant(db, tenant),
  createUser: (user) => createUser(db, user),
  createServicePrincipal: (principal) => asOne(db, (transaction) => createServicePrincipal(transaction, principal)),
  listServicePrincipals: (tenantId) => listServicePrincipals(db, tenantId),
  deleteServicePrincipal: (tenantId, objectId) =>
    asOne(db, (transaction) => deleteServicePrincipal(transaction, tenantId, objectId)),
});

const createTenant = async (db: Handle, tenant: Tenant): Promise<void> => {
  await db
    .insertInto('tenant')
    .values({ tenant_id: tenant.id, ...columnsOf(tenant) })
    .execute();
};

const updateTenant = async (db: Handle, tenant: Tenant): Promise<void> => {
  await db.updateTable('tenant').set(columnsOf(tenant)).where('tenant.tenant_id', '=', tenant.id).execute();
};

const columnsOf = (tenant: Tenant) => ({
  display_name: tenant.displayName,
  default_domain: tenant.defaultDomain,
  users_may_register_applications: tenant.policy.usersMayRegisterApplications,
  users_may_consent: tenant.policy.usersMayConsent,
});

const createUser = async (db: Handle, user: User): Promise<void> => {
  await db.insertInto('directory_user').values(userRowOf(user)).execute();
};

const listServicePrincipals = async (db: Handle, tenantId: Uuid): Promise<readonly Client[]> => {
  const rows = await selectClients(db, tenantId)
    .orderBy('principal.created_at')
    .orderBy('principal.principal_id')
    .execute();
  return rows.map(clientOf);
};

/** A machine's identity has no application, and goes with its machine only. */
const deleteServicePrincipal = async (db: Handle, tenantId: Uuid, objectId: Uuid): Promise<boolean> => {
  const found = await db
    .selectFrom('service_principal as principal')
    .select('principal.application_id')
    .where('principal.tenant_id', '=', tenantId)
    .where('principal.principal_id', '=', objectId)
    .executeTakeFirst();
  if (found === undefined || found.application_id === null) return false;
  return deleteApplication(db, tenantId, found.application_id);
};
