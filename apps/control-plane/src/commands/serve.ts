import { openAuthority } from '@holdfast/certificate-authority';
import { createSealer, type Sealer } from '@holdfast/sealing';
import { createStores, runInTransaction, type Stores } from '@holdfast/store-postgres';
import { createSignInRecorder } from '@holdfast/token-service';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { startAvailability } from '../availability.ts';
import { firstStart } from '../bootstrap/first-start.ts';
import { authorityLabel } from '../bootstrap/first-tenant.ts';
import type { Config } from '../config/config.ts';
import { createDataFolder } from '../data-folder.ts';
import { type RunningDatabase, startDatabase } from '../database.ts';
import { rotateKeys } from '../jobs/rotate-keys.ts';
import { createSignInMetrics } from '../jobs/sign-in-metrics.ts';
import { readMasterKey } from '../master-key.ts';
import { startApi } from '../roles/api.ts';
import { runJobs } from '../roles/jobs.ts';
import { createLog, type Runtime, systemRuntime } from '../runtime.ts';
import { type ShutdownStep, shutDown } from '../shutdown.ts';
import { summaryOf } from '../summary.ts';
import { tlsMaterial } from '../tls/tls-material.ts';

/** Runs the control plane until it is told to stop. Resolves to the process's exit code. */
export const serve = async (config: Config): Promise<number> => {
  const folder = createDataFolder(config.data);
  const runtime = systemRuntime();
  const log = createLog(config);
  const stopped = new AbortController();
  const ending = askedToEnd();
  const steps: ShutdownStep[] = [];
  try {
    const running = await startDatabase({ config, folder, log, ...runtime });
    steps.unshift({ name: 'database', run: running.stop });
    await start({ config, runtime, log, running, stopped, steps });
    const lost = await Promise.race([ending.then(() => false), running.lost.then(() => true)]);
    if (lost) process.stderr.write('the embedded PostgreSQL ended unexpectedly; see its log in the data folder\n');
    return lost ? 1 : 0;
  } finally {
    stopped.abort();
    await shutDown(steps, log);
  }
};

/** Every further signal is ignored: a terminal and a supervisor may both send one, and the end is under way. */
const askedToEnd = (): Promise<unknown> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });

interface Start {
  readonly config: Config;
  readonly runtime: Runtime;
  readonly log: Logger;
  readonly running: RunningDatabase;
  readonly stopped: AbortController;
  /** What must be undone, last started first. */
  readonly steps: ShutdownStep[];
}

const start = async ({ config, runtime, log, running, stopped, steps }: Start): Promise<void> => {
  const folder = createDataFolder(config.data);
  const { database } = running;
  const stores = createStores(database.db);
  const transaction = <T>(work: (stores: Stores) => Promise<T>) => runInTransaction(database.db, work);
  const sealer = createSealer(readMasterKey(config.masterKeyFile, runtime.random), runtime.random);
  const currentTls = () => tlsMaterial({ config, files: folder.tls, ...runtime });
  const tls = await currentTls();
  const made = await firstStart({
    file: folder.bootstrap,
    firstTenantId: async () => (await stores.tenants.first())?.id,
    transaction,
    needs: {
      ...runtime,
      sealer,
      endpoint: config.origin,
      caFile: tls.caFile,
      location: config.locations[0] ?? 'local',
    },
  });
  const availability = await startAvailability(stores.serviceAvailability, { clock: runtime.clock, log });
  const authority = await machineAuthority(stores, { sealer, runtime });
  // A tenant of an earlier version lacks a key. The authority has opened, so the master key is the right one to seal it.
  await rotateKeys({ stores, transaction, sealer, log, ...runtime });
  const registry = new Registry();
  const signInRecorder = createSignInRecorder({
    store: stores.signIns,
    metrics: createSignInMetrics(registry),
    log,
    ...runtime,
  });
  steps.unshift({ name: 'sign-in log', run: signInRecorder.flush });
  const parts = { ...runtime, log, sealer, availability, registry, signInRecorder };
  const host = await startApi({ config, database, authority, tls, ...parts });
  steps.unshift({ name: 'listener', run: () => host.close() });
  const { signInRetention } = config;
  const server = host.server as never;
  const jobs = runJobs({ stores, transaction, server, currentTls, signInRetention, ...parts }, stopped.signal);
  steps.unshift({ name: 'jobs', run: () => jobs });
  process.stdout.write(summaryOf({ config, caFile: tls.caFile, bootstrapFile: folder.bootstrap, made }));
};

const machineAuthority = async (stores: Stores, { sealer, runtime }: { sealer: Sealer; runtime: Runtime }) => {
  const stored = await stores.authorities.find();
  if (stored === undefined) throw new Error('the database holds a tenant but no authority for machine identities');
  const privateKeyPkcs8 = sealer.open(stored.sealedPrivateKey, authorityLabel);
  return openAuthority({ certificatePem: stored.certificatePem, privateKeyPkcs8, random: runtime.random });
};
