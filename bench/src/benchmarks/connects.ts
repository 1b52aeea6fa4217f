import { benchmark } from '../benchmark.ts';
import { connectMachines } from '../load/connected-machines.ts';
import { measuredProcesses } from '../load/run-load.ts';
import { startWorkers } from '../load/worker-pool.ts';
import { startCpuMeter } from '../measuring/cpu-meter.ts';
import { latencyFigures, rounded } from '../measuring/distribution.ts';
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
    const [cpuCores, begun] = [startCpuMeter(measuredProcesses({ server, workers })), performance.now()];
    const latencies = await connectMachines({ server, workers, machines, concurrency, prefix: 'machine' });
    const seconds = (performance.now() - begun) / 1000;
    const figures = {
      connectsPerSecond: rounded(machines / seconds, 1),
      ...latencyFigures(latencies.flatMap((each) => [...each])),
      seconds: rounded(seconds),
      cpuCores: cpuCores(),
    };
    return { figures, postgres: server.database.version };
  },
});
