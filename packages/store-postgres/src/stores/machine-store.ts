import { formatResourceId, type ResourceId, scopeOf } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { Machine, MachineStore } from '@holdfast/provider-hybrid-compute';
import { asOne, type Handle } from '../handle.ts';
import { deleteMachines } from './delete-machines.ts';
import { insertMachine } from './insert-machine.ts';
import { listMachines } from './list-machines.ts';
import { machineOf, selectMachines } from './machine-row.ts';
import { updateMachine } from './update-machine.ts';

export const createMachineStore = (db: Handle): MachineStore => ({
  find: (tenantId, id, options) => findMachine(db, { tenantId, id, lock: options?.lock === true }),
  list: (query) => listMachines(db, query),
  insert: (machine) => asOne(db, (transaction) => insertMachine(transaction, machine)),
  update: (machine) => asOne(db, (transaction) => updateMachine(transaction, machine)),
  delete: (machine) => asOne(db, (transaction) => deleteMachine(transaction, machine)),
});

const findMachine = async (
  db: Handle,
  { tenantId, id, lock }: { tenantId: Uuid; id: ResourceId; lock: boolean },
): Promise<Machine | undefined> => {
  const row = await selectMachines(db)
    .where('machine.tenant_id', '=', tenantId)
    .where('machine.subscription_id', '=', id.subscriptionId)
    .where('machine.group_key', '=', id.group.key)
    .where('machine.name_key', '=', id.name.key)
    .$if(lock, (query) => query.forUpdate('machine'))
    .executeTakeFirst();
  return row && machineOf(row);
};

const deleteMachine = (db: Handle, { tenantId, machineId, id }: Machine): Promise<void> =>
  deleteMachines(
    db,
    { tenantId, subscriptionId: id.subscriptionId, groupKey: id.group.key, machineId },
    scopeOf(formatResourceId(id)),
  );
