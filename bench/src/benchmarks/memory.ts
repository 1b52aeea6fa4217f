import { setTimeout as sleep } from 'node:timers/promises';
import { benchmark, type Figures } from '../benchmark.ts';
import { startWorkers } from '../load/worker-pool.ts';
import { median, rounded } from '../measuring/distribution.ts';
import { cpuSecondsOf, type Memory, memoryOf } from '../measuring/processes.ts';
import { startControlPlane } from '../servers/control-plane.ts';
import { startHimds } from '../servers/himds.ts';
import { beatFigures, heartbeatParameters } from './heartbeats.ts';

const sampleEverySeconds = 5;

/**
 * What the processes keep of the machine's memory: the daemon over a long idle time with its real heartbeats, the
 * control plane at the same time, and once more after it has taken heartbeats at full speed.
 */
export const memory = benchmark({
  parameters: { minutes: 10 },
  run: async (run) => {
    const { minutes } = run.parameters;
    const server = await startControlPlane(run);
    run.progress('connecting this machine');
    const { pid = Number.NaN } = await startHimds(run, server);
    await sleep(10_000);
    run.progress(`watching for ${minutes} minutes`);
    const [himds, controlPlaneIdle] = await Promise.all([watch(pid, minutes), watch(server.pid, minutes)]);
    const beating = { ...run, parameters: heartbeatParameters };
    const workers = startWorkers(run, heartbeatParameters.workers);
    const { heartbeatsPerSecond = null } = await beatFigures(beating, server, workers);
    const after = memoryOf(server.pid);
    const controlPlaneAfterHeartbeats = {
      rssMb: rounded(after.rssMb, 1),
      privateMb: rounded(after.privateMb, 1),
      heartbeatsPerSecond,
    };
    return { figures: { himds, controlPlaneIdle, controlPlaneAfterHeartbeats }, postgres: server.database.version };
  },
});

/** Memory at regular times, and the share of one core over all of them. */
const watch = async (pid: number, minutes: number): Promise<Figures> => {
  const samples: Memory[] = [];
  const [begun, before] = [performance.now(), cpuSecondsOf(pid)];
  do {
    await sleep(sampleEverySeconds * 1000);
    samples.push(memoryOf(pid));
  } while (performance.now() - begun < minutes * 60_000);
  const cpuSeconds = cpuSecondsOf(pid) - before;
  const last = samples.at(-1);
  const all = (value: (memory: Memory) => number) => samples.map(value);
  return {
    rssMedianMb: rounded(median(all(({ rssMb }) => rssMb)), 1),
    rssLastMb: rounded(last?.rssMb ?? Number.NaN, 1),
    rssMaxMb: rounded(Math.max(...all(({ rssMb }) => rssMb)), 1),
    privateMedianMb: rounded(median(all(({ privateMb }) => privateMb)), 1),
    privateMaxMb: rounded(Math.max(...all(({ privateMb }) => privateMb)), 1),
    cpuPercent: rounded((100 * cpuSeconds) / ((performance.now() - begun) / 1000), 3),
    cpuSeconds: rounded(cpuSeconds),
    samples: samples.length,
  };
};
