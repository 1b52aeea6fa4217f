import { rootScope, type Scope } from '@holdfast/arm';
import type { RoleAssignment, RoleAssignmentQuery } from '@holdfast/provider-authorization';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { holderIdsOf } from './holder-ids.ts';
import { roleAssignmentOf, selectRoleAssignments } from './role-assignment-row.ts';

export const listRoleAssignments = async (
  db: Handle,
  { tenantId, scope, below, holder, within, after, limit }: RoleAssignmentQuery,
): Promise<readonly RoleAssignment[]> => {
  const rows = await selectRoleAssignments(db)
    .where('role_assignment.tenant_id', '=', tenantId)
    .where(below ? sql<boolean>`(${isAtOrAbove(scope)} or ${isBelow(scope)})` : isAtOrAbove(scope))
    .$if(holder !== undefined, (query) => query.where(isHeldBy(tenantId, holder)))
    .$if(within !== undefined, (query) => query.where(isWithin(within)))
    .$if(after !== undefined, (query) => query.where(sql<boolean>`role_assignment.assignment_id > ${after}::uuid`))
    .orderBy('role_assignment.assignment_id')
    .limit(limit)
    .execute();
  return rows.map(roleAssignmentOf);
};

const isAtOrAbove = (scope: Scope): RawBuilder<boolean> =>
  sql<boolean>`role_assignment.scope = any(${waysDownTo(scope)}::text[])`;

/** Everything that could be a scope above: `/`, `/a`, `/a/b` for `/a/b`. */
const waysDownTo = (scope: Scope): readonly string[] => {
  const parts = scope.split('/').slice(1);
  return [rootScope, ...parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`)];
};

/** A range of the index, see {@link deleteGrantsWithin}. */
const isBelow = (scope: Scope): RawBuilder<boolean> =>
  scope === rootScope
    ? sql<boolean>`true`
    : sql<boolean>`(role_assignment.scope >= ${`${scope}/`} and role_assignment.scope < ${`${scope}0`})`;

const isHeldBy = (tenantId: RoleAssignmentQuery['tenantId'], holder: RoleAssignmentQuery['holder']) => {
  const { principalId, throughGroups } = holder ?? {};
  if (principalId === undefined || !throughGroups)
    return sql<boolean>`role_assignment.principal_id = ${principalId}::uuid`;
  return sql<boolean>`role_assignment.principal_id in (${holderIdsOf(tenantId, principalId)})`;
};

const isWithin = (scopes: readonly Scope[] = []): RawBuilder<boolean> => sql<boolean>`exists (
  select from unnest(${scopes}::text[]) as visible (scope)
  where role_assignment.scope = visible.scope
    or (role_assignment.scope >= visible.scope || '/' and role_assignment.scope < visible.scope || '0')
)`;
