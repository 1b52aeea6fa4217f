import { type Clock, minutes, seconds } from '@holdfast/kernel';
import type { ServiceAvailabilityStore, ServicePeriod } from '@holdfast/store-postgres';
import type { Logger } from 'pino';

/** How often this process leaves a sign that it serves. */
const every = seconds(15);
/** A gap between signs, of all replicas, that counts as an outage of ours. */
const outageAfter = minutes(1);

export interface Availability {
  /** Our present time of service, and the outage before it. */
  period(): ServicePeriod;
  /** Keeps the record until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** Knows our own outages, so that they count against no machine. */
export const startAvailability = async (
  store: ServiceAvailabilityStore,
  { clock, log }: { clock: Clock; log: Logger },
): Promise<Availability> => {
  let period = await store.beat(clock.now(), outageAfter);
  const beat = async (): Promise<void> => {
    try {
      period = await store.beat(clock.now(), outageAfter);
    } catch (error) {
      log.warn({ err: error }, 'the availability record could not be kept');
    }
  };
  return {
    period: () => period,
    run: async (signal) => {
      while (!signal.aborted) {
        await clock.sleep(every, signal);
        if (!signal.aborted) await beat();
      }
    },
  };
};
