import { benchmark } from '../benchmark.ts';
import { connectMachines } from '../load/connected-machines.ts';
import { startWorkers } from '../load/worker-pool.ts';
import { latencyFigures, rounded } from '../measuring/distribution.ts';
import { cpuSecondsOf, cpuSecondsOfTree } from '../measuring/processes.ts';
import { startControlPlane } from '../servers/control-plane.ts';

/** Machines that gain their identity: resource, certificate, first heartbeat with facts; two TLS connections each. */
export const connects = benchmark({
  parameters: { machines: 2000, warmUpMachines: 200, concurrency: 16, workers: 1 },
  run: async (run) => {
    const { machines, warmUpMachines, concurrency } = run.parameters;
    const server = await startControlPlane(run);
    const workers = startWorkers(run, run.parameters.workers);
    run.progress(`connecting ${warmUpMachines} machines to warm up`);
    await connectMachines({ server, workers, machines: warmUpMachines, concurrency, prefix: 'warm' });
    run.progress(`connecting ${machines} machines`);
    const cpuSeconds = () => [
      cpuSecondsOf(server.pid),
      cpuSecondsOfTree(server.database.pid),
      workers.reduce((sum, worker) => sum + worker.cpuSeconds(), 0),
    ];
    const [before, begun] = [cpuSeconds(), performance.now()];
    const latencies = await connectMachines({ server, workers, machines, concurrency, prefix: 'machine' });
    const seconds = (performance.now() - begun) / 1000;
    const [controlPlane = 0, postgres = 0, clients = 0] = cpuSeconds().map((value, at) =>
      rounded((value - (before[at] ?? 0)) / seconds),
    );
    const figures = {
      connectsPerSecond: rounded(machines / seconds, 1),
      ...latencyFigures(latencies.flatMap((each) => [...each])),
      seconds: rounded(seconds),
      cpuCores: { controlPlane, postgres, clients },
    };
    return { figures, postgres: server.database.version };
  },
});
