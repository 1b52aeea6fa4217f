import type { Machine } from '@holdfast/provider-hybrid-compute';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { storableJson } from '../storable.ts';
import { unlessTaken } from '../unless-taken.ts';

/** Runs in a transaction. */
export const updateMachine = async (db: Handle, machine: Machine): Promise<'updated' | 'key-taken'> => {
  const done = await unlessTaken(db, 'machine_key_id_key', async () => {
    await forgetOldKey(db, machine);
    await updateRow(db, machine);
  });
  return done ? 'updated' : 'key-taken';
};

/**
 * A new identity key is a new connect: the counter of beats starts again, the old key's certificate no longer counts, and
 * the copies that shared the old key are shut out, which settles any suspicion.
 */
const forgetOldKey = async (db: Handle, machine: Machine): Promise<void> => {
  await db
    .updateTable('machine_liveness as liveness')
    .from('machine')
    .set({
      counter: null,
      beat_id: null,
      host_name: null,
      boot_id: null,
      certificate_not_after: null,
      clone_since: null,
      clone_last_seen_at: null,
      clone_accepted_host_name: null,
      clone_accepted_boot_id: null,
      clone_conflicting_host_name: null,
      clone_conflicting_boot_id: null,
    })
    .whereRef('liveness.machine_id', '=', 'machine.machine_id')
    .where('machine.tenant_id', '=', machine.tenantId)
    .where('machine.machine_id', '=', machine.machineId)
    .where(sql<boolean>`machine.key_id is distinct from ${machine.key?.keyId ?? null}::text`)
    .execute();
};

const updateRow = async (db: Handle, machine: Machine): Promise<void> => {
  await db
    .updateTable('machine')
    .set((row) => ({
      tags: storableJson(machine.tags),
      kind: machine.kind ?? null,
      settings: storableJson(machine.settings),
      public_key: machine.key?.publicKey ?? null,
      key_id: machine.key?.keyId ?? null,
      last_modified_by: machine.systemData.lastModifiedBy,
      last_modified_by_type: machine.systemData.lastModifiedByType,
      last_modified_at: machine.systemData.lastModifiedAt,
      version: row('machine.version', '+', 1),
    }))
    .where('machine.tenant_id', '=', machine.tenantId)
    .where('machine.machine_id', '=', machine.machineId)
    .execute();
};
