import type { Scope, SubscriptionId } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { deleteGrants, deleteGrantsWithin } from './delete-grants.ts';
import { deleteIdentities } from './delete-identities.ts';

/** The machines of a group, or one of them. */
export interface DoomedMachines {
  readonly tenantId: Uuid;
  readonly subscriptionId: SubscriptionId;
  readonly groupKey: string;
  readonly machineId?: Uuid;
}

/**
 * Deletes machines with what the agents wrote of them, their identities, what those were granted, and the grants within
 * `scope`. Runs in the caller's transaction.
 */
export const deleteMachines = async (db: Handle, doomed: DoomedMachines, scope: Scope): Promise<void> => {
  await lockLiveness(db, doomed);
  const principalIds = await deleteRows(db, doomed);
  const principals = { tenantId: doomed.tenantId, principalIds };
  await deleteGrants(db, principals);
  await deleteIdentities(db, principals);
  await deleteGrantsWithin(db, doomed.tenantId, scope);
};

/** In the order in which heartbeats lock them, so that a batch of beats and a deletion never wait for each other. */
const lockLiveness = async (db: Handle, doomed: DoomedMachines): Promise<void> => {
  await db
    .selectFrom('machine_liveness')
    .select('machine_liveness.machine_id')
    .where('machine_liveness.machine_id', 'in', selectIds(db, doomed))
    .orderBy('machine_liveness.machine_id')
    .forUpdate()
    .execute();
};

const deleteRows = async (db: Handle, doomed: DoomedMachines): Promise<readonly Uuid[]> => {
  const rows = await db
    .deleteFrom('machine')
    .where('machine.machine_id', 'in', selectIds(db, doomed))
    .returning('machine.principal_id')
    .execute();
  return rows.map((row) => row.principal_id);
};

const selectIds = (db: Handle, { tenantId, subscriptionId, groupKey, machineId }: DoomedMachines) => {
  const ofGroup = db
    .selectFrom('machine as doomed')
    .select('doomed.machine_id')
    .where('doomed.tenant_id', '=', tenantId)
    .where('doomed.subscription_id', '=', subscriptionId)
    .where('doomed.group_key', '=', groupKey);
  return machineId === undefined ? ofGroup : ofGroup.where(sql<boolean>`doomed.machine_id = ${machineId}`);
};
