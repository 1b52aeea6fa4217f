import type { Beat } from '@holdfast/provider-hybrid-compute';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { storableJson, storableText } from '../storable.ts';

/** Replaces the facts of the machines whose beats carry some. The caller holds their rows of machine_liveness. */
export const recordFacts = async (db: Handle, beats: readonly Beat[]): Promise<void> => {
  const reports = beats.filter((beat) => beat.facts !== undefined);
  if (reports.length === 0) return;
  await sql`
    insert into machine_facts (machine_id, facts, digest, reported_at)
    select report.machine_id, report.facts, report.digest, report.at
    from unnest(
      ${reports.map((beat) => beat.machineId)}::uuid[],
      ${reports.map((beat) => storableJson(beat.facts))}::jsonb[],
      ${reports.map((beat) => storableText(beat.factsDigest))}::text[],
      ${reports.map((beat) => beat.at)}::timestamptz[]
    ) as report (machine_id, facts, digest, at)
    on conflict on constraint machine_facts_pkey do update
    set facts = excluded.facts, digest = excluded.digest, reported_at = excluded.reported_at`.execute(db);
};
