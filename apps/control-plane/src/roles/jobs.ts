import type { Server } from 'node:https';
import { type Clock, days, minutes } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';
import type { Stores } from '@holdfast/store-postgres';
import type { SignInRecorder } from '@holdfast/token-service';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Availability } from '../availability.ts';
import { cleanUp } from '../jobs/clean-up.ts';
import { createCredentialExpiry } from '../jobs/credential-expiry.ts';
import { type PeriodicJob, runPeriodically } from '../jobs/periodic.ts';
import { type RotateKeysNeeds, rotateKeys } from '../jobs/rotate-keys.ts';
import type { TlsMaterial } from '../tls/tls-material.ts';

export interface JobNeeds {
  readonly clock: Clock;
  readonly log: Logger;
  readonly availability: Availability;
  readonly server: Server;
  /** The certificate to serve with now, renewed when its time has come. */
  readonly currentTls: () => Promise<TlsMaterial>;
  readonly stores: Stores;
  readonly transaction: RotateKeysNeeds['transaction'];
  readonly sealer: Sealer;
  readonly registry: Registry;
  readonly signInRecorder: SignInRecorder;
  readonly signInRetention: number;
}

/** What a process does besides answering. Ends when the signal aborts. */
export const runJobs = async (needs: JobNeeds, signal: AbortSignal): Promise<void> => {
  const periodic = periodicJobs(needs).map((job) => runPeriodically(job, needs, signal));
  await Promise.all([
    needs.availability.run(signal),
    needs.signInRecorder.run(signal),
    renewTls(needs, signal),
    ...periodic,
  ]);
};

const periodicJobs = (needs: JobNeeds): readonly PeriodicJob[] => {
  const expiry = createCredentialExpiry({ ...needs, credentials: needs.stores.credentials });
  return [
    { name: 'clean-up', every: minutes(60), run: () => cleanUp(needs) },
    { name: 'rotation of signing keys', every: minutes(60), run: () => rotateKeys(needs) },
    { name: 'expiry of credentials', every: minutes(60), run: expiry.look },
  ];
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
