import { type Location, nameOf, type ResourceId, type SubscriptionId } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { CloneSuspicion, IdentityKey, Machine, MachineSettings } from '@holdfast/provider-hybrid-compute';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { MachineFactsRow, MachineLivenessRow, MachineRow } from '../rows.ts';

type LivenessColumns = Omit<MachineLivenessRow, 'machine_id' | 'counter' | 'beat_id' | 'host_name' | 'boot_id'>;

/** The columns that make up a machine's resource id. */
export interface MachinePlace {
  subscription_id: Uuid;
  group_name: string;
  name: string;
}

/** A machine with its group's name, its liveness and its facts. */
export interface WholeMachineRow extends Omit<Selectable<MachineRow>, 'group_key' | 'name_key'>, LivenessColumns {
  group_name: string;
  facts: Selectable<MachineFactsRow>['facts'] | null;
}

/** `machines`: the rows of the machine table that are wanted; all of them, from which a `where` chooses, by default. */
export const selectMachines = (db: Handle, machines: RawBuilder<Selectable<MachineRow>> = sql`machine`) =>
  db
    .selectFrom(machines.as('machine'))
    .innerJoin('resource_group', (join) =>
      join
        .onRef('resource_group.tenant_id', '=', 'machine.tenant_id')
        .onRef('resource_group.subscription_id', '=', 'machine.subscription_id')
        .onRef('resource_group.group_key', '=', 'machine.group_key'),
    )
    .innerJoin('machine_liveness as liveness', 'liveness.machine_id', 'machine.machine_id')
    .leftJoin('machine_facts', 'machine_facts.machine_id', 'machine.machine_id')
    .select(['machine.machine_id', 'machine.tenant_id', 'machine.subscription_id', 'resource_group.name as group_name'])
    .select(['machine.name', 'machine.location', 'machine.tags', 'machine.kind', 'machine.vm_id', 'machine.settings'])
    .select(['machine.principal_id', 'machine.client_id', 'machine.public_key', 'machine.key_id', 'machine.version'])
    .select(['machine.created_by', 'machine.created_by_type', 'machine.created_at'])
    .select(['machine.last_modified_by', 'machine.last_modified_by_type', 'machine.last_modified_at'])
    .select(['liveness.agent_version', 'liveness.last_heartbeat_at', 'liveness.connected_since'])
    .select(['liveness.certificate_not_after', 'liveness.clone_since', 'liveness.clone_last_seen_at'])
    .select(['liveness.clone_accepted_host_name', 'liveness.clone_accepted_boot_id'])
    .select(['liveness.clone_conflicting_host_name', 'liveness.clone_conflicting_boot_id'])
    .select('machine_facts.facts');

export const machineIdOf = (row: MachinePlace): ResourceId => ({
  subscriptionId: row.subscription_id as SubscriptionId,
  group: nameOf(row.group_name),
  namespace: 'Microsoft.HybridCompute',
  type: 'machines',
  name: nameOf(row.name),
});

export const machineOf = (row: WholeMachineRow): Machine => ({
  machineId: row.machine_id,
  tenantId: row.tenant_id,
  id: machineIdOf(row),
  location: row.location as Location,
  tags: row.tags,
  kind: row.kind ?? undefined,
  vmId: row.vm_id,
  identity: { principalId: row.principal_id, clientId: row.client_id },
  key: keyOf(row),
  settings: row.settings as MachineSettings,
  systemData: systemDataOf(row),
  version: row.version,
  liveness: livenessOf(row),
  facts: (row.facts as Machine['facts'] | null) ?? undefined,
});

const systemDataOf = (row: WholeMachineRow): Machine['systemData'] => ({
  createdBy: row.created_by,
  createdByType: row.created_by_type,
  createdAt: row.created_at,
  lastModifiedBy: row.last_modified_by,
  lastModifiedByType: row.last_modified_by_type,
  lastModifiedAt: row.last_modified_at,
});

const keyOf = (row: WholeMachineRow): IdentityKey | undefined =>
  row.public_key === null || row.key_id === null ? undefined : { publicKey: row.public_key, keyId: row.key_id };

const livenessOf = (row: WholeMachineRow): Machine['liveness'] => ({
  agentVersion: row.agent_version ?? undefined,
  lastHeartbeatAt: row.last_heartbeat_at ?? undefined,
  connectedSince: row.connected_since ?? undefined,
  certificateNotAfter: row.certificate_not_after ?? undefined,
  clone: cloneOf(row),
});

const cloneOf = (row: WholeMachineRow): CloneSuspicion | undefined => {
  if (row.clone_since === null || row.clone_last_seen_at === null) return undefined;
  return {
    since: row.clone_since,
    lastSeenAt: row.clone_last_seen_at,
    copies: [
      { hostName: row.clone_accepted_host_name ?? '', bootId: row.clone_accepted_boot_id ?? '' },
      { hostName: row.clone_conflicting_host_name ?? '', bootId: row.clone_conflicting_boot_id ?? '' },
    ],
  };
};
