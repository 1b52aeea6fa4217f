import type { Scope } from '@holdfast/arm';
import type { Assignment } from '@holdfast/authorization';
import type { Uuid } from '@holdfast/kernel';
import type {
  NewRoleAssignment,
  RoleAssignment,
  RoleAssignmentStore as WrittenRoleAssignments,
} from '@holdfast/provider-authorization';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { storableText } from '../storable.ts';
import { holderIdsOf } from './holder-ids.ts';
import { listRoleAssignments } from './list-role-assignments.ts';
import { roleAssignmentOf, selectRoleAssignments } from './role-assignment-row.ts';

export type { NewRoleAssignment };

/** Grants as they are made and seen, and as decisions rest on them. */
export interface RoleAssignmentStore extends WrittenRoleAssignments {
  /** What a principal holds: itself, and through every group that it is in, directly or not. */
  listOfPrincipal(tenantId: Uuid, principalId: Uuid): Promise<readonly Assignment[]>;
  deleteOfPrincipal(tenantId: Uuid, principalId: Uuid): Promise<void>;
}

export const createRoleAssignmentStore = (db: Handle): RoleAssignmentStore => ({
  find: (tenantId, id, options) => find(db, { tenantId, id, lock: options?.lock === true }),
  findEqual: (grant) => findEqual(db, grant),
  list: (query) => listRoleAssignments(db, query),
  insert: (assignment) => insert(db, assignment),
  update: (assignment) => update(db, assignment),
  delete: (tenantId, id) => deleteOne(db, tenantId, id),
  listOfPrincipal: (tenantId, principalId) => listOfPrincipal(db, tenantId, principalId),
  deleteOfPrincipal: (tenantId, principalId) => deleteOfPrincipal(db, tenantId, principalId),
});

const find = async (
  db: Handle,
  { tenantId, id, lock }: { tenantId: Uuid; id: Uuid; lock: boolean },
): Promise<RoleAssignment | undefined> => {
  const row = await selectRoleAssignments(db)
    .where('role_assignment.tenant_id', '=', tenantId)
    .where('role_assignment.assignment_id', '=', id)
    .$if(lock, (query) => query.forUpdate('role_assignment'))
    .executeTakeFirst();
  return row && roleAssignmentOf(row);
};

const findEqual = async (
  db: Handle,
  { tenantId, principalId, roleId, scope }: Parameters<RoleAssignmentStore['findEqual']>[0],
): Promise<Uuid | undefined> => {
  const row = await db
    .selectFrom('role_assignment')
    .select('role_assignment.assignment_id')
    .where('role_assignment.tenant_id', '=', tenantId)
    .where('role_assignment.principal_id', '=', principalId)
    .where('role_assignment.role_id', '=', roleId)
    .where('role_assignment.scope', '=', scope)
    .executeTakeFirst();
  return row?.assignment_id;
};

const insert = async (db: Handle, assignment: NewRoleAssignment): Promise<boolean> => {
  const { scope, place = scope, description } = assignment;
  const inserted = await db
    .insertInto('role_assignment')
    .values({
      tenant_id: assignment.tenantId,
      assignment_id: assignment.id,
      role_id: assignment.roleId,
      principal_id: assignment.principalId,
      scope,
      place: place === scope ? null : place,
      description: description === undefined ? null : storableText(description),
      created_at: assignment.createdAt,
      created_by: assignment.createdBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('role_assignment.assignment_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

const update = async (db: Handle, assignment: RoleAssignment): Promise<void> => {
  const { tenantId, id, description, updatedAt, updatedBy } = assignment;
  await db
    .updateTable('role_assignment')
    .set({
      description: description === undefined ? null : storableText(description),
      updated_at: updatedAt,
      updated_by: updatedBy,
    })
    .where('role_assignment.tenant_id', '=', tenantId)
    .where('role_assignment.assignment_id', '=', id)
    .execute();
};

const deleteOne = async (db: Handle, tenantId: Uuid, id: Uuid): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('role_assignment')
    .where('role_assignment.tenant_id', '=', tenantId)
    .where('role_assignment.assignment_id', '=', id)
    .returning('role_assignment.assignment_id')
    .executeTakeFirst();
  return deleted !== undefined;
};

const listOfPrincipal = async (db: Handle, tenantId: Uuid, principalId: Uuid): Promise<readonly Assignment[]> => {
  const rows = await db
    .selectFrom('role_assignment')
    .select(['role_assignment.assignment_id', 'role_assignment.role_id'])
    .select(['role_assignment.principal_id', 'role_assignment.scope'])
    .where('role_assignment.tenant_id', '=', tenantId)
    .where(sql<boolean>`role_assignment.principal_id in (${holderIdsOf(tenantId, principalId)})`)
    .orderBy('role_assignment.scope')
    .orderBy('role_assignment.role_id')
    .orderBy('role_assignment.principal_id')
    .execute();
  return rows.map((row) => ({
    id: row.assignment_id,
    roleId: row.role_id,
    principalId: row.principal_id,
    scope: row.scope as Scope,
  }));
};

const deleteOfPrincipal = async (db: Handle, tenantId: Uuid, principalId: Uuid): Promise<void> => {
  await db
    .deleteFrom('role_assignment')
    .where('role_assignment.tenant_id', '=', tenantId)
    .where('role_assignment.principal_id', '=', principalId)
    .execute();
};
