import { benchmark, type Figures, type Run } from '../benchmark.ts';
import { connectMachines } from '../load/connected-machines.ts';
import { runLoad } from '../load/run-load.ts';
import { startWorkers, type Worker } from '../load/worker-pool.ts';
import { rounded } from '../measuring/distribution.ts';
import { memoryOf } from '../measuring/processes.ts';
import { type ControlPlane, startControlPlane } from '../servers/control-plane.ts';
import { withDatabase } from '../servers/database.ts';

export const heartbeatParameters = {
  machines: 1000,
  connections: 128,
  workers: 2,
  warmUpSeconds: 5,
  seconds: 20,
  /** For how many beats a second requests are signed ahead. */
  signedAheadPerSecond: 12_000,
};

/** Durable heartbeats of distinct machines: every beat has its own counter and signature, and is answered after its commit. */
export const heartbeats = benchmark({
  parameters: heartbeatParameters,
  run: async (run) => {
    const server = await startControlPlane(run);
    const rssAtStartMb = rounded(memoryOf(server.pid).rssMb, 1);
    const workers = startWorkers(run, run.parameters.workers);
    const figures = await beatFigures(run, server, workers);
    const rss = { rssAtStartMb, rssAfterMb: rounded(memoryOf(server.pid).rssMb, 1) };
    return { figures: { ...figures, controlPlane: rss }, postgres: server.database.version };
  },
});

/** Connects the machines, signs their beats, sends them, and looks in the database for each that was acknowledged. */
export const beatFigures = async (
  run: Run<typeof heartbeatParameters>,
  server: ControlPlane,
  workers: readonly Worker[],
): Promise<Figures> => {
  const { machines, connections, warmUpSeconds, seconds, signedAheadPerSecond } = run.parameters;
  run.progress(`connecting ${machines} machines`);
  await connectMachines({ server, workers, machines, concurrency: 16, prefix: 'beat' });
  run.progress('signing heartbeats ahead');
  const beatsOfEach = Math.ceil((signedAheadPerSecond * (warmUpSeconds + seconds)) / machines);
  const origin = server.bootstrap.endpoint;
  await Promise.all(workers.map((worker) => worker.ask('prepareBeats', { origin, beatsOfEach })));
  run.progress(`beating for ${warmUpSeconds} + ${seconds} seconds`);
  const load = await runLoad({
    server,
    workers,
    connections,
    warmUpSeconds,
    seconds,
    send: (worker, window) => worker.ask('sendBeats', { origin, window }),
  });
  return {
    heartbeatsPerSecond: load.perSecond,
    ...load.latency,
    ...load.details,
    requestsSignedAhead: true,
    durability: await durability(server, workers),
  };
};

/** An acknowledged beat whose counter the database does not hold would be a broken promise. */
const durability = async (server: ControlPlane, workers: readonly Worker[]): Promise<Figures> => {
  const { fsync, synchronousCommit } = server.database;
  const acknowledged = (await Promise.all(workers.map((worker) => worker.ask('acknowledgedCounters', null)))).flatMap(
    Object.entries,
  ) as [string, number][];
  const stored = await withDatabase(server.dataFolder, async (client) => {
    const { rows } = await client.query<{ vm_id: string; counter: string }>(`
      select machine.vm_id, machine_liveness.counter
      from machine join machine_liveness on machine_liveness.machine_id = machine.machine_id`);
    return new Map(rows.map((row) => [row.vm_id, Number(row.counter)]));
  });
  const lost = acknowledged.filter(([vmId, counter]) => (stored.get(vmId) ?? 0) < counter).length;
  return { fsync, synchronousCommit, machinesChecked: acknowledged.length, machinesWithLostBeats: lost };
};
