import type { Uuid } from '@holdfast/kernel';
import type { Beat } from '@holdfast/provider-hybrid-compute';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { storableText } from '../storable.ts';
import type { MachinePlace } from './machine-row.ts';

export interface RecordedBeatRow extends MachinePlace {
  machine_id: Uuid;
  accepted: boolean;
  counter: number;
  clone_since: Date | null;
  facts_digest: string | null;
  tenant_id: Uuid;
  location: string;
  tags: Record<string, string>;
  vm_id: Uuid;
  principal_id: Uuid;
  client_id: Uuid;
}

/**
 * Records any number of beats in one statement. Rows are locked in the order of their ids before any is judged, so that
 * replicas with overlapping batches take turns instead of waiting for each other, and each judges what the other left.
 */
export const recordBeats = async (
  db: Handle,
  beats: readonly Beat[],
  silence: number,
): Promise<readonly RecordedBeatRow[]> => {
  const recorded = await sql<RecordedBeatRow>`
    with beat as (${rowsOf(beats)}),
    stored as (
      select liveness.*
      from machine_liveness as liveness
      where liveness.machine_id = any(${beats.map((beat) => beat.machineId)}::uuid[])
      order by liveness.machine_id
      for update
    ),
    judged as (${judgement(silence)})
    update machine_liveness as liveness
    set ${newState}
    from judged
    join machine on machine.machine_id = judged.machine_id
    join resource_group
      on resource_group.tenant_id = machine.tenant_id
      and resource_group.subscription_id = machine.subscription_id
      and resource_group.group_key = machine.group_key
    left join machine_facts on machine_facts.machine_id = judged.machine_id
    where liveness.machine_id = judged.machine_id
    returning
      liveness.machine_id, judged.accepted, liveness.counter, liveness.clone_since,
      machine_facts.digest as facts_digest,
      machine.tenant_id, machine.subscription_id, resource_group.name as group_name, machine.name,
      machine.location, machine.tags, machine.vm_id, machine.principal_id, machine.client_id`.execute(db);
  return recorded.rows;
};

const rowsOf = (beats: readonly Beat[]) => sql`
  select *
  from unnest(
    ${beats.map((beat) => beat.machineId)}::uuid[],
    ${beats.map((beat) => beat.counter)}::bigint[],
    ${beats.map((beat) => beat.beatId)}::uuid[],
    ${beats.map((beat) => beat.at)}::timestamptz[],
    ${beats.map((beat) => storableText(beat.agentVersion))}::text[],
    ${beats.map((beat) => storableText(beat.copy.hostName))}::text[],
    ${beats.map((beat) => storableText(beat.copy.bootId))}::text[]
  ) as beat (machine_id, counter, beat_id, at, agent_version, host_name, boot_id)`;

/** The first beat under a key, a higher counter and a repeat are accepted; any other counter was another copy's. */
const judgement = (silence: number) => sql`
  select
    beat.*,
    stored.counter is null
      or beat.counter > stored.counter
      or (beat.counter = stored.counter and beat.beat_id = stored.beat_id) as accepted,
    stored.last_heartbeat_at is null
      or beat.at - stored.last_heartbeat_at > ${silence}::float8 * interval '1 millisecond' as after_silence,
    stored.host_name as stored_host_name,
    stored.boot_id as stored_boot_id
  from stored
  join beat on beat.machine_id = stored.machine_id`;

const newState = sql`
  counter = case when judged.accepted then judged.counter else liveness.counter end,
  beat_id = case when judged.accepted then judged.beat_id else liveness.beat_id end,
  host_name = case when judged.accepted then judged.host_name else liveness.host_name end,
  boot_id = case when judged.accepted then judged.boot_id else liveness.boot_id end,
  agent_version = judged.agent_version,
  last_heartbeat_at = greatest(liveness.last_heartbeat_at, judged.at),
  connected_since = case when judged.after_silence then judged.at else liveness.connected_since end,
  clone_since = case when judged.accepted then liveness.clone_since else coalesce(liveness.clone_since, judged.at) end,
  clone_last_seen_at = case when judged.accepted then liveness.clone_last_seen_at else judged.at end,
  clone_accepted_host_name =
    case when judged.accepted then liveness.clone_accepted_host_name else judged.stored_host_name end,
  clone_accepted_boot_id =
    case when judged.accepted then liveness.clone_accepted_boot_id else judged.stored_boot_id end,
  clone_conflicting_host_name =
    case when judged.accepted then liveness.clone_conflicting_host_name else judged.host_name end,
  clone_conflicting_boot_id =
    case when judged.accepted then liveness.clone_conflicting_boot_id else judged.boot_id end`;
