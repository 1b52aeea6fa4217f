import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { Principals } from './delete-grants.ts';

/** Takes machine identities only; an application's principal goes with its application. */
export const deleteIdentities = async (db: Handle, { tenantId, principalIds }: Principals): Promise<void> => {
  await db
    .deleteFrom('service_principal')
    .where('service_principal.tenant_id', '=', tenantId)
    .where('service_principal.kind', '=', 'ManagedIdentity')
    .where(sql<boolean>`service_principal.principal_id = any(${principalIds}::uuid[])`)
    .execute();
};
