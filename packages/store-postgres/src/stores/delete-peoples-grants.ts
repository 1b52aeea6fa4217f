import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Takes what people allowed an application: their consents, and the codes and refresh tokens it has of them. */
export const deletePeoplesGrants = async (db: Handle, tenantId: Uuid, appId: Uuid): Promise<void> => {
  for (const [table, id] of references)
    await sql`
      delete from ${sql.table(table)} as reference
      where reference.tenant_id = ${tenantId}::uuid and reference.${sql.ref(id)} = ${appId}::uuid
    `.execute(db);
};

const references = [
  ['consent', 'app_id'],
  ['authorization_code', 'client_id'],
  ['device_code', 'client_id'],
  ['refresh_family', 'client_id'],
] as const;
