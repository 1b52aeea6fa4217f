import type { Machine } from '@holdfast/provider-hybrid-compute';
import type { Handle } from '../handle.ts';
import { storableJson } from '../storable.ts';

/** With an empty row for its liveness, which beats only ever update. */
export const insertMachine = async (db: Handle, machine: Machine): Promise<'inserted' | 'name-taken' | 'key-taken'> => {
  const inserted = await insertRow(db, machine);
  if (!inserted) return (await isNameTaken(db, machine)) ? 'name-taken' : 'key-taken';
  await db.insertInto('machine_liveness').values({ machine_id: machine.machineId }).execute();
  return 'inserted';
};

/** False when a constraint was in the way; waits for a writer of the same name or key who is not done yet. */
const insertRow = async (db: Handle, machine: Machine): Promise<boolean> => {
  const { id, identity, key, systemData } = machine;
  const inserted = await db
    .insertInto('machine')
    .values({
      machine_id: machine.machineId,
      tenant_id: machine.tenantId,
      subscription_id: id.subscriptionId,
      group_key: id.group.key,
      name_key: id.name.key,
      name: id.name.text,
      location: machine.location,
      tags: storableJson(machine.tags),
      kind: machine.kind ?? null,
      vm_id: machine.vmId,
      principal_id: identity.principalId,
      client_id: identity.clientId,
      public_key: key?.publicKey ?? null,
      key_id: key?.keyId ?? null,
      settings: storableJson(machine.settings),
      created_by: systemData.createdBy,
      created_by_type: systemData.createdByType,
      created_at: systemData.createdAt,
      last_modified_by: systemData.lastModifiedBy,
      last_modified_by_type: systemData.lastModifiedByType,
      last_modified_at: systemData.lastModifiedAt,
      version: machine.version,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('machine.machine_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

const isNameTaken = async (db: Handle, { tenantId, id }: Machine): Promise<boolean> => {
  const row = await db
    .selectFrom('machine')
    .select('machine.machine_id')
    .where('machine.tenant_id', '=', tenantId)
    .where('machine.subscription_id', '=', id.subscriptionId)
    .where('machine.group_key', '=', id.group.key)
    .where('machine.name_key', '=', id.name.key)
    .executeTakeFirst();
  return row !== undefined;
};
