import type { Scope } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

export interface Principals {
  readonly tenantId: Uuid;
  readonly principalIds: readonly Uuid[];
}

/**
 * Takes everything that directory objects hold, over resources and over the directory, and what others hold of them:
 * these tables refer to objects of several kinds, which no foreign key can. Whoever deletes objects calls this.
 */
export const deleteGrants = async (db: Handle, { tenantId, principalIds }: Principals): Promise<void> => {
  for (const [table, id] of references)
    await sql`
      delete from ${sql.table(table)} as reference
      where reference.tenant_id = ${tenantId}::uuid and reference.${sql.ref(id)} = any(${principalIds}::uuid[])
    `.execute(db);
};

const references = [
  ['role_assignment', 'principal_id'],
  ['directory_role_assignment', 'principal_id'],
  ['group_member', 'member_id'],
  ['object_owner', 'owner_id'],
  ['object_owner', 'object_id'],
] as const;

/**
 * Takes every grant at a scope or below it. Below `/a` lies what is between `/a/` and `/a0`, as `0` follows `/` in the
 * column's collation: a range of the index, and no pattern to escape.
 */
export const deleteGrantsWithin = async (db: Handle, tenantId: Uuid, scope: Scope): Promise<void> => {
  await db
    .deleteFrom('role_assignment')
    .where('role_assignment.tenant_id', '=', tenantId)
    .where((row) =>
      row.or([
        row('role_assignment.scope', '=', scope),
        row.and([row('role_assignment.scope', '>=', `${scope}/`), row('role_assignment.scope', '<', `${scope}0`)]),
      ]),
    )
    .execute();
};
