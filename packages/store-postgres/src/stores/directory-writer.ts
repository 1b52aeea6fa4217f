import type { Uuid } from '@holdfast/kernel';
import type { Client, DirectoryRoleAssignment, DirectoryWriter, Tenant, User } from '@holdfast/token-service';
import { asOne, type Handle } from '../handle.ts';
import { clientOf, selectClients } from './client-row.ts';
import { createServicePrincipal } from './create-service-principal.ts';

export const createDirectoryWriter = (db: Handle): DirectoryWriter => ({
  createTenant: (tenant) => createTenant(db, tenant),
  createUser: (user) => createUser(db, user),
  createServicePrincipal: (principal) => asOne(db, (transaction) => createServicePrincipal(transaction, principal)),
  listServicePrincipals: (tenantId) => listServicePrincipals(db, tenantId),
  deleteServicePrincipal: (tenantId, objectId) =>
    asOne(db, (transaction) => deleteServicePrincipal(transaction, tenantId, objectId)),
  assignDirectoryRole: (assignment) => assignDirectoryRole(db, assignment),
});

const createTenant = async (db: Handle, tenant: Tenant): Promise<void> => {
  await db
    .insertInto('tenant')
    .values({ tenant_id: tenant.id, display_name: tenant.displayName, default_domain: tenant.defaultDomain })
    .execute();
};

const createUser = async (db: Handle, user: User): Promise<void> => {
  await db
    .insertInto('directory_user')
    .values({
      tenant_id: user.tenantId,
      user_id: user.id,
      user_principal_name: user.userPrincipalName,
      user_principal_name_key: user.userPrincipalName.toLowerCase(),
      display_name: user.displayName,
      password_hash: user.passwordHash,
      enabled: user.enabled,
      created_at: user.createdAt,
    })
    .execute();
};

const listServicePrincipals = async (db: Handle, tenantId: Uuid): Promise<readonly Client[]> => {
  const rows = await selectClients(db, tenantId)
    .orderBy('principal.created_at')
    .orderBy('principal.principal_id')
    .execute();
  return rows.map(clientOf);
};

/** The application takes its service principal and credentials along. A machine's identity goes with its machine only. */
const deleteServicePrincipal = async (db: Handle, tenantId: Uuid, objectId: Uuid): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('application')
    .using('service_principal as principal')
    .whereRef('principal.tenant_id', '=', 'application.tenant_id')
    .whereRef('principal.application_id', '=', 'application.application_id')
    .where('principal.tenant_id', '=', tenantId)
    .where('principal.principal_id', '=', objectId)
    .returning('application.application_id')
    .executeTakeFirst();
  if (deleted === undefined) return false;
  await deleteDirectoryRoles(db, tenantId, objectId);
  return true;
};

const deleteDirectoryRoles = async (db: Handle, tenantId: Uuid, principalId: Uuid): Promise<void> => {
  await db
    .deleteFrom('directory_role_assignment')
    .where('directory_role_assignment.tenant_id', '=', tenantId)
    .where('directory_role_assignment.principal_id', '=', principalId)
    .execute();
};

/** Assigning what is held already changes nothing. */
const assignDirectoryRole = async (db: Handle, assignment: DirectoryRoleAssignment): Promise<void> => {
  await db
    .insertInto('directory_role_assignment')
    .values({
      tenant_id: assignment.tenantId,
      assignment_id: assignment.id,
      principal_id: assignment.principalId,
      role_id: assignment.roleId,
    })
    .onConflict((conflict) => conflict.constraint('directory_role_assignment_grant_key').doNothing())
    .execute();
};
