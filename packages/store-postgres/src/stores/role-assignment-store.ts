import type { Scope } from '@holdfast/arm';
import type { Assignment } from '@holdfast/authorization';
import type { Uuid } from '@holdfast/kernel';
import type { Handle } from '../handle.ts';
import type { RoleAssignmentRow } from '../rows.ts';

export interface NewRoleAssignment extends Assignment {
  readonly tenantId: Uuid;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export interface RoleAssignmentStore {
  /** False when the id is taken, or the principal holds that role at that scope already. */
  insert(assignment: NewRoleAssignment): Promise<boolean>;
  listOfPrincipal(tenantId: Uuid, principalId: Uuid): Promise<readonly Assignment[]>;
  deleteOfPrincipal(tenantId: Uuid, principalId: Uuid): Promise<void>;
}

export const createRoleAssignmentStore = (db: Handle): RoleAssignmentStore => ({
  insert: (assignment) => insert(db, assignment),
  listOfPrincipal: (tenantId, principalId) => listOfPrincipal(db, tenantId, principalId),
  deleteOfPrincipal: (tenantId, principalId) => deleteOfPrincipal(db, tenantId, principalId),
});

const insert = async (db: Handle, assignment: NewRoleAssignment): Promise<boolean> => {
  const inserted = await db
    .insertInto('role_assignment')
    .values({
      tenant_id: assignment.tenantId,
      assignment_id: assignment.id,
      role_id: assignment.roleId,
      principal_id: assignment.principalId,
      scope: assignment.scope,
      created_at: assignment.createdAt,
      created_by: assignment.createdBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('role_assignment.assignment_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

const listOfPrincipal = async (db: Handle, tenantId: Uuid, principalId: Uuid): Promise<readonly Assignment[]> => {
  const rows = await db
    .selectFrom('role_assignment')
    .select(['role_assignment.assignment_id', 'role_assignment.role_id'])
    .select(['role_assignment.principal_id', 'role_assignment.scope'])
    .where('role_assignment.tenant_id', '=', tenantId)
    .where('role_assignment.principal_id', '=', principalId)
    .orderBy('role_assignment.scope')
    .orderBy('role_assignment.role_id')
    .execute();
  return rows.map(assignmentOf);
};

const deleteOfPrincipal = async (db: Handle, tenantId: Uuid, principalId: Uuid): Promise<void> => {
  await db
    .deleteFrom('role_assignment')
    .where('role_assignment.tenant_id', '=', tenantId)
    .where('role_assignment.principal_id', '=', principalId)
    .execute();
};

type Row = Pick<RoleAssignmentRow, 'assignment_id' | 'role_id' | 'principal_id' | 'scope'>;

const assignmentOf = (row: Row): Assignment => ({
  id: row.assignment_id,
  roleId: row.role_id,
  principalId: row.principal_id,
  scope: row.scope as Scope,
});
