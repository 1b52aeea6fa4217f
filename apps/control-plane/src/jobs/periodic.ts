import type { AbortSignalLike, Clock } from '@holdfast/kernel';
import type { Logger } from 'pino';

/** Work that is repeated for as long as the process lives. Every replica does it: it must bear being done twice. */
export interface PeriodicJob {
  /** In words, for the log. */
  readonly name: string;
  readonly every: number;
  readonly run: () => Promise<void>;
}

/**
 * Does the job now and then again and again, until the signal aborts. A failure is logged, and the next turn comes all
 * the same. No job queue stands behind this: what these jobs do is found anew in the tables each time, so that nothing
 * has to be remembered, handed over or repeated when a process dies.
 */
export const runPeriodically = async (
  { name, every, run }: PeriodicJob,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
  signal: AbortSignalLike,
): Promise<void> => {
  while (!signal.aborted) {
    try {
      await run();
    } catch (error) {
      log.error({ err: error, job: name }, 'a job failed; it is tried again at its next turn');
    }
    await clock.sleep(every, signal);
  }
};
