import type { Server } from 'node:https';
import { type Clock, days } from '@holdfast/kernel';
import type { Logger } from 'pino';
import type { Availability } from '../availability.ts';
import type { TlsMaterial } from '../tls/tls-material.ts';

export interface JobNeeds {
  readonly clock: Clock;
  readonly log: Logger;
  readonly availability: Availability;
  readonly server: Server;
  /** The certificate to serve with now, renewed when its time has come. */
  readonly currentTls: () => Promise<TlsMaterial>;
}

/** What a process does besides answering. Ends when the signal aborts. */
export const runJobs = async (needs: JobNeeds, signal: AbortSignal): Promise<void> => {
  await Promise.all([needs.availability.run(signal), renewTls(needs, signal)]);
};

const renewTls = async ({ clock, log, server, currentTls }: JobNeeds, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await clock.sleep(days(1), signal);
    if (signal.aborted) return;
    try {
      server.setSecureContext(await currentTls());
    } catch (error) {
      log.error({ err: error }, 'the TLS certificate could not be renewed');
    }
  }
};
