import type { Location } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { Beat, BeatOutcome, HeartbeatStore } from '@holdfast/provider-hybrid-compute';
import { asOne, type Handle } from '../handle.ts';
import { machineIdOf } from './machine-row.ts';
import { type RecordedBeatRow, recordBeats } from './record-beats.ts';
import { recordFacts } from './record-facts.ts';

export const createHeartbeatStore = (db: Handle): HeartbeatStore => ({
  record: (beats, silence) => record(db, beats, silence),
});

const record = async (db: Handle, beats: readonly Beat[], silence: number): Promise<readonly BeatOutcome[]> => {
  if (beats.length === 0) return [];
  if (beats.every((beat) => beat.facts === undefined)) {
    return (await recordBeats(db, beats, silence)).map(outcomeOf);
  }
  return asOne(db, async (transaction) => recordWithFacts(transaction, beats, silence));
};

/** The facts of a conflicting copy are left: what the machine resource shows is what the accepted copy says. */
const recordWithFacts = async (
  db: Handle,
  beats: readonly Beat[],
  silence: number,
): Promise<readonly BeatOutcome[]> => {
  const outcomes = (await recordBeats(db, beats, silence)).map(outcomeOf);
  const accepted = new Set(outcomes.filter((each) => each.verdict === 'accepted').map((each) => each.machineId));
  const reports = new Map<Uuid, Beat>();
  for (const beat of beats) {
    if (beat.facts !== undefined && accepted.has(beat.machineId)) reports.set(beat.machineId, beat);
  }
  await recordFacts(db, [...reports.values()]);
  return outcomes.map((each) => {
    const report = reports.get(each.machineId);
    return report === undefined ? each : { ...each, factsDigest: report.factsDigest };
  });
};

const outcomeOf = (row: RecordedBeatRow): BeatOutcome => ({
  machineId: row.machine_id,
  verdict: row.accepted ? 'accepted' : 'conflict',
  counter: row.counter,
  cloneSuspectedSince: row.clone_since ?? undefined,
  factsDigest: row.facts_digest ?? undefined,
  machine: {
    id: machineIdOf(row),
    tenantId: row.tenant_id,
    location: row.location as Location,
    tags: row.tags,
    vmId: row.vm_id,
    identity: { principalId: row.principal_id, clientId: row.client_id },
  },
});
