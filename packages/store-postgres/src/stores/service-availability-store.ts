import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

/** Our own heartbeat. Machines that could not reach us must not look silent: their silence counts from `servingSince`. */
export interface ServiceAvailabilityStore {
  /** Says that a replica serves. After more than `outageAfterMs` without such a word, service began anew at `now`. */
  beat(now: Date, outageAfterMs: number): Promise<ServicePeriod>;
}

export interface ServicePeriod {
  readonly servingSince: Date;
  /** The last word before the outage that ended at `servingSince`; undefined before any. */
  readonly interruptedAt: Date | undefined;
}

export const createServiceAvailabilityStore = (db: Handle): ServiceAvailabilityStore => ({
  beat: (now, outageAfterMs) => beat(db, now, outageAfterMs),
});

const beat = async (db: Handle, now: Date, outageAfterMs: number): Promise<ServicePeriod> => {
  const outageBefore = new Date(now.getTime() - outageAfterMs);
  const row = await db
    .insertInto('service_availability')
    .values({ beat_at: now, serving_since: now })
    .onConflict((conflict) =>
      conflict.column('only_row').doUpdateSet({
        beat_at: sql<Date>`greatest(service_availability.beat_at, excluded.beat_at)`,
        interrupted_at: sql<Date | null>`case
          when service_availability.beat_at < ${outageBefore}::timestamptz then service_availability.beat_at
          else service_availability.interrupted_at
        end`,
        serving_since: sql<Date>`case
          when service_availability.beat_at < ${outageBefore}::timestamptz then excluded.serving_since
          else service_availability.serving_since
        end`,
      }),
    )
    .returning(['service_availability.serving_since', 'service_availability.interrupted_at'])
    .executeTakeFirstOrThrow();
  return { servingSince: row.serving_since, interruptedAt: row.interrupted_at ?? undefined };
};
