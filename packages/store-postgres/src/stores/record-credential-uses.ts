import type { CredentialUse } from '@holdfast/directory';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Keeps the latest use of each credential, of whatever kind it is; one that is gone is passed over. */
export const recordCredentialUses = async (db: Handle, uses: readonly CredentialUse[]): Promise<void> => {
  if (uses.length === 0) return;
  for (const kind of kinds) await recordUsesOf(db, kind, uses);
};

const kinds = [
  { table: 'client_secret', id: 'secret_id' },
  { table: 'client_certificate', id: 'certificate_id' },
  { table: 'federated_credential', id: 'credential_id' },
] as const;

/** Rows are locked in one order, so that replicas with the same credentials take turns instead of waiting for each other. */
const recordUsesOf = async (
  db: Handle,
  kind: (typeof kinds)[number],
  uses: readonly CredentialUse[],
): Promise<void> => {
  const [table, id] = [sql.table(kind.table), sql.ref(kind.id)];
  await sql`
    with used as (
      select each_use.tenant_id, each_use.credential_id, max(each_use.at) as at
      from unnest(
        ${uses.map((use) => use.tenantId)}::uuid[],
        ${uses.map((use) => use.credentialId)}::uuid[],
        ${uses.map((use) => use.at)}::timestamptz[]
      ) as each_use (tenant_id, credential_id, at)
      group by each_use.tenant_id, each_use.credential_id
    ),
    locked as (
      select credential.tenant_id, credential.${id} as credential_id, used.at
      from ${table} as credential
      join used on used.tenant_id = credential.tenant_id and used.credential_id = credential.${id}
      order by credential.tenant_id, credential.${id}
      for update of credential
    )
    update ${table} as credential
    set last_used_at = greatest(credential.last_used_at, locked.at)
    from locked
    where credential.tenant_id = locked.tenant_id and credential.${id} = locked.credential_id`.execute(db);
};
