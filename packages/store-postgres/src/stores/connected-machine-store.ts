import type { Uuid } from '@holdfast/kernel';
import type { ConnectedMachineStore, IssuedCertificate, KeyHolder, Machine } from '@holdfast/provider-hybrid-compute';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { machineOf, selectMachines } from './machine-row.ts';

export const createConnectedMachineStore = (db: Handle): ConnectedMachineStore => ({
  findByKeyId: (keyId) => findByKeyId(db, keyId),
  find: (machineId) => find(db, machineId),
  recordCertificate: (certificate) => recordCertificate(db, certificate),
});

const findByKeyId = async (db: Handle, keyId: string): Promise<KeyHolder | undefined> => {
  const row = await db
    .selectFrom('machine')
    .innerJoin('machine_liveness as liveness', 'liveness.machine_id', 'machine.machine_id')
    .select(['machine.machine_id', 'machine.tenant_id', 'machine.public_key', 'liveness.certificate_not_after'])
    .where('machine.key_id', '=', keyId)
    .executeTakeFirst();
  if (row === undefined || row.public_key === null) return undefined;
  return {
    machineId: row.machine_id,
    tenantId: row.tenant_id,
    publicKey: row.public_key,
    certificateNotAfter: row.certificate_not_after ?? undefined,
  };
};

const find = async (db: Handle, machineId: Uuid): Promise<Machine | undefined> => {
  const row = await selectMachines(db).where('machine.machine_id', '=', machineId).executeTakeFirst();
  return row && machineOf(row);
};

/** Nothing is recorded of a machine that was deleted meanwhile. */
const recordCertificate = async (db: Handle, certificate: IssuedCertificate): Promise<void> => {
  await sql`
    with holder as (
      update machine_liveness
      set certificate_not_after = ${certificate.notAfter}::timestamptz
      where machine_liveness.machine_id = ${certificate.machineId}::uuid
      returning machine_liveness.machine_id
    )
    insert into machine_certificate (machine_id, serial_number, not_before, not_after)
    select
      holder.machine_id,
      ${certificate.serialNumber}::text,
      ${certificate.notBefore}::timestamptz,
      ${certificate.notAfter}::timestamptz
    from holder`.execute(db);
};
