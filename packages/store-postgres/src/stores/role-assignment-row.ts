import type { Scope } from '@holdfast/arm';
import type { PrincipalType, RoleAssignment } from '@holdfast/provider-authorization';
import { type Selectable, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { RoleAssignmentRow } from '../rows.ts';

type Row = Selectable<RoleAssignmentRow> & { principal_type: PrincipalType | null };

export const selectRoleAssignments = (db: Handle) =>
  db.selectFrom('role_assignment').selectAll('role_assignment').select(principalType.as('principal_type'));

/** What the directory says of the holder: it is the only one to know. */
const principalType = sql<PrincipalType | null>`case
  when exists (
    select from directory_user
    where directory_user.tenant_id = role_assignment.tenant_id
      and directory_user.user_id = role_assignment.principal_id
  ) then 'User'
  when exists (
    select from directory_group
    where directory_group.tenant_id = role_assignment.tenant_id
      and directory_group.group_id = role_assignment.principal_id
  ) then 'Group'
  when exists (
    select from service_principal
    where service_principal.tenant_id = role_assignment.tenant_id
      and service_principal.principal_id = role_assignment.principal_id
  ) then 'ServicePrincipal'
end`;

export const roleAssignmentOf = (row: Row): RoleAssignment => ({
  id: row.assignment_id,
  tenantId: row.tenant_id,
  roleId: row.role_id,
  principalId: row.principal_id,
  principalType: row.principal_type ?? undefined,
  scope: row.scope as Scope,
  place: row.place ?? row.scope,
  description: row.description ?? undefined,
  createdAt: row.created_at,
  createdBy: row.created_by,
  updatedAt: row.updated_at ?? row.created_at,
  updatedBy: row.updated_by ?? row.created_by,
});
