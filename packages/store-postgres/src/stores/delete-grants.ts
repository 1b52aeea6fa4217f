import type { Scope } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

export interface Principals {
  readonly tenantId: Uuid;
  readonly principalIds: readonly Uuid[];
}

/** Takes everything the principals hold, over resources and over the directory. */
export const deleteGrants = async (db: Handle, { tenantId, principalIds }: Principals): Promise<void> => {
  await db
    .deleteFrom('role_assignment')
    .where('role_assignment.tenant_id', '=', tenantId)
    .where(sql<boolean>`role_assignment.principal_id = any(${principalIds}::uuid[])`)
    .execute();
  await db
    .deleteFrom('directory_role_assignment')
    .where('directory_role_assignment.tenant_id', '=', tenantId)
    .where(sql<boolean>`directory_role_assignment.principal_id = any(${principalIds}::uuid[])`)
    .execute();
};

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
