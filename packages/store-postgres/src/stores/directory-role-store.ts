import type {
  DirectoryObject,
  DirectoryRoleAssignment,
  DirectoryRoleId,
  DirectoryRoleStore,
} from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { listObjects } from './directory-objects.ts';
import { holderIdsOf } from './holder-ids.ts';

export const createDirectoryRoleStore = (db: Handle): DirectoryRoleStore => ({
  assign: (assignment) => assign(db, assignment),
  unassign: (tenantId, grant) => unassign(db, { tenantId, ...grant }),
  listOfPrincipal: (tenantId, principalId) => listOfPrincipal(db, tenantId, principalId),
  listHolders: (tenantId, roleId) => listHolders(db, tenantId, roleId),
});

const assign = async (db: Handle, assignment: DirectoryRoleAssignment): Promise<void> => {
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

const unassign = async (db: Handle, grant: Omit<DirectoryRoleAssignment, 'id'>): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('directory_role_assignment')
    .where('directory_role_assignment.tenant_id', '=', grant.tenantId)
    .where('directory_role_assignment.principal_id', '=', grant.principalId)
    .where('directory_role_assignment.role_id', '=', grant.roleId)
    .returning('directory_role_assignment.assignment_id')
    .executeTakeFirst();
  return deleted !== undefined;
};

const listOfPrincipal = async (db: Handle, tenantId: Uuid, principalId: Uuid): Promise<readonly DirectoryRoleId[]> => {
  const rows = await db
    .selectFrom('directory_role_assignment as assignment')
    .select('assignment.role_id')
    .distinct()
    .where('assignment.tenant_id', '=', tenantId)
    .where(sql<boolean>`assignment.principal_id in (${holderIdsOf(tenantId, principalId)})`)
    .orderBy('assignment.role_id')
    .execute();
  return rows.map((row) => row.role_id as DirectoryRoleId);
};

const listHolders = (db: Handle, tenantId: Uuid, roleId: DirectoryRoleId): Promise<readonly DirectoryObject[]> =>
  listObjects(
    db,
    tenantId,
    sql`
      select assignment.principal_id
      from directory_role_assignment as assignment
      where assignment.tenant_id = ${tenantId}::uuid and assignment.role_id = ${roleId}::text`,
  );
