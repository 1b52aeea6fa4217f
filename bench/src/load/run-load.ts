import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figures } from '../benchmark.ts';
import { latencyFigures, rounded } from '../measuring/distribution.ts';
import { cpuSecondsOf, cpuSecondsOfTree } from '../measuring/processes.ts';
import type { ControlPlane } from '../servers/control-plane.ts';
import type { Bootstrap } from '../servers/data-folder.ts';
import type { LoadResult, Window } from './closed-loop.ts';
import type { Server } from './connection.ts';
import { shares, type Worker } from './worker-pool.ts';

export interface LoadPlan {
  readonly server: ControlPlane;
  readonly workers: readonly Worker[];
  readonly connections: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  readonly send: (worker: Worker, window: Window) => Promise<LoadResult>;
}

export interface MeasuredLoad {
  readonly perSecond: number;
  readonly latency: Figures;
  readonly details: Figures;
}

export const serverOf = ({ endpoint, caFile }: Bootstrap): Server => ({
  origin: endpoint,
  ca: readFileSync(caFile, 'utf8'),
});

/** Opens the connections, warms up, and counts what is answered 200 within the measured seconds. */
export const runLoad = async (plan: LoadPlan): Promise<MeasuredLoad> => {
  const { workers, connections, seconds, send } = plan;
  const server = serverOf(plan.server.bootstrap);
  const portions = shares(connections, workers.length);
  await Promise.all(workers.map((worker, at) => worker.ask('open', { server, connections: portions[at] ?? 1 })));
  const from = Date.now() + 250;
  const countFrom = from + plan.warmUpSeconds * 1000;
  const window = { from, countFrom, until: countFrom + seconds * 1000 };
  const [cpuCores, ...results] = await Promise.all([
    cpuDuring(plan, window),
    ...workers.map((worker) => send(worker, window)),
  ]);
  const answered = results.reduce((sum, result) => sum + result.answered, 0);
  return {
    perSecond: rounded(answered / seconds, 1),
    latency: latencyFigures(results.flatMap(({ latencies }) => [...latencies])),
    details: {
      answered,
      otherAnswers: merged(results.map(({ refused }) => refused)),
      ranOutOfRequests: results.some(({ exhausted }) => exhausted),
      cpuCores,
    },
  };
};

/** How many cores each part kept busy within the counted time. */
const cpuDuring = async ({ server, workers, seconds }: LoadPlan, window: Window): Promise<Figures> => {
  const sample = () => ({
    controlPlane: cpuSecondsOf(server.pid),
    postgres: cpuSecondsOfTree(server.database.pid),
    clients: workers.reduce((sum, worker) => sum + worker.cpuSeconds(), 0),
  });
  await sleep(window.countFrom - Date.now());
  const before = sample();
  await sleep(window.until - Date.now());
  const after = sample();
  return {
    controlPlane: rounded((after.controlPlane - before.controlPlane) / seconds),
    postgres: rounded((after.postgres - before.postgres) / seconds),
    clients: rounded((after.clients - before.clients) / seconds),
  };
};

const merged = (counts: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const [status, count] of counts.flatMap(Object.entries)) sums[status] = (sums[status] ?? 0) + Number(count);
  return sums;
};
