import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figures } from '../benchmark.ts';
import { type Measured, startCpuMeter } from '../measuring/cpu-meter.ts';
import { latencyFigures, rounded } from '../measuring/distribution.ts';
import type { ControlPlane } from '../servers/control-plane.ts';
import type { Bootstrap } from '../servers/data-folder.ts';
import type { LoadResult, Window } from './closed-loop.ts';
import type { Server } from './connection.ts';
import { shares, type Worker } from './worker-pool.ts';

export interface LoadPlan {
  readonly server: ControlPlane;
  readonly workers: readonly Worker[];
  readonly connections: number;
  /** How many addresses the connections come from; one unless given. */
  readonly addresses?: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  readonly send: (worker: Worker, window: Window) => Promise<LoadResult>;
}

export interface MeasuredLoad {
  readonly perSecond: number;
  readonly latency: Figures;
  /** Rate and latency of each part that was measured apart. */
  readonly parts: Readonly<Record<string, Figures>>;
  readonly details: Figures;
}

export const serverOf = ({ endpoint, caFile }: Bootstrap): Server => ({
  origin: endpoint,
  ca: readFileSync(caFile, 'utf8'),
});

/** Opens the connections, warms up, and counts what is answered as wanted within the measured seconds. */
export const runLoad = async (plan: LoadPlan): Promise<MeasuredLoad> => {
  const [load] = await runLoadsTogether([plan]);
  return load;
};

/** Different loads at the same time, each from workers of its own; the first says for how long. */
export const runLoadsTogether = async <Plans extends readonly [LoadPlan, ...LoadPlan[]]>(
  plans: Plans,
): Promise<{ [Key in keyof Plans]: MeasuredLoad }> => {
  await Promise.all(plans.map(openConnections));
  const [{ server, warmUpSeconds, seconds }] = plans;
  const from = Date.now() + 250;
  const countFrom = from + warmUpSeconds * 1000;
  const window = { from, countFrom, until: countFrom + seconds * 1000 };
  const workers = plans.flatMap((plan) => plan.workers);
  const [cpuCores, ...results] = await Promise.all([
    cpuDuring({ server, workers }, window),
    ...plans.map(({ workers: own, send }) => Promise.all(own.map((worker) => send(worker, window)))),
  ]);
  return results.map((each) => measuredLoad(each, { seconds, cpuCores })) as { [Key in keyof Plans]: MeasuredLoad };
};

const openConnections = async (plan: LoadPlan): Promise<void> => {
  const { workers, connections, addresses = 1 } = plan;
  const server = serverOf(plan.server.bootstrap);
  const portions = shares(connections, workers.length);
  await Promise.all(
    workers.map((worker, at) => worker.ask('open', { server, addresses, connections: portions[at] ?? 1 })),
  );
};

const measuredLoad = (
  results: readonly LoadResult[],
  { seconds, cpuCores }: { readonly seconds: number; readonly cpuCores: Figures },
): MeasuredLoad => {
  const answered = results.reduce((sum, result) => sum + result.answered, 0);
  return {
    perSecond: rounded(answered / seconds, 1),
    latency: latencyFigures(results.flatMap(({ latencies }) => [...latencies])),
    parts: partFigures(results, seconds),
    details: {
      answered,
      otherAnswers: merged(results.map(({ refused }) => refused)),
      ranOutOfRequests: results.some(({ exhausted }) => exhausted),
      cpuCores,
    },
  };
};

const partFigures = (results: readonly LoadResult[], seconds: number): Record<string, Figures> => {
  const parts = results.flatMap((result) => Object.entries(result.parts ?? {}));
  const byName = Map.groupBy(parts, ([name]) => name);
  const figures = [...byName].map(([name, each]) => {
    const latencies = each.flatMap(([, values]) => [...values]);
    return [name, { perSecond: rounded(latencies.length / seconds, 1), ...latencyFigures(latencies) }] as const;
  });
  return Object.fromEntries(figures);
};

const cpuDuring = async (plan: Pick<LoadPlan, 'server' | 'workers'>, window: Window): Promise<Figures> => {
  await sleep(window.countFrom - Date.now());
  const cpuCores = startCpuMeter(measuredProcesses(plan));
  await sleep(window.until - Date.now());
  return cpuCores();
};

export const measuredProcesses = ({ server, workers }: Pick<LoadPlan, 'server' | 'workers'>): Measured => ({
  controlPlane: server.pid,
  postgres: server.database.pid,
  clients: workers.map(({ pid }) => pid),
});

const merged = (counts: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const [status, count] of counts.flatMap(Object.entries)) sums[status] = (sums[status] ?? 0) + Number(count);
  return sums;
};
