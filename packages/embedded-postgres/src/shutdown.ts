import { type Clock, seconds } from '@holdfast/kernel';
import type { Postmaster } from './postmaster.ts';

interface Step {
  readonly signal: NodeJS.Signals;
  /** Milliseconds to wait for the end before the next step. */
  readonly patience: number;
}

/** PostgreSQL, "Shutting Down the Server". Nothing acknowledged is lost by any of them; the later ones cost a recovery. */
const steps: readonly Step[] = [
  { signal: 'SIGINT', patience: seconds(30) },
  { signal: 'SIGQUIT', patience: seconds(10) },
  { signal: 'SIGKILL', patience: seconds(10) },
];

/** Ends a postmaster, orderly if it can. @throws when even the last step did not end it */
export const shutDown = async (postmaster: Postmaster, clock: Clock): Promise<void> => {
  for (const { signal, patience } of steps) {
    postmaster.signal(signal);
    if (await endsWithin(postmaster, patience, clock)) return;
  }
  throw new Error(`PostgreSQL (process ${postmaster.pid}) does not end, not even when killed`);
};

const endsWithin = async (postmaster: Postmaster, patience: number, clock: Clock): Promise<boolean> => {
  const waiting = new AbortController();
  const ended = postmaster.ended.then(() => true);
  const late = clock.sleep(patience, waiting.signal).then(() => false);
  try {
    return await Promise.race([ended, late]);
  } finally {
    waiting.abort();
  }
};
