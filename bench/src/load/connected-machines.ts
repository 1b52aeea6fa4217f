import type { ControlPlane } from '../servers/control-plane.ts';
import type { ConnectPlace } from './connect-machine.ts';
import { serverOf } from './run-load.ts';
import { signIn } from './sign-in.ts';
import { shares, type Worker } from './worker-pool.ts';

export interface ConnectPlan {
  readonly server: ControlPlane;
  readonly workers: readonly Worker[];
  readonly machines: number;
  readonly concurrency: number;
  /** What the machines' names begin with. */
  readonly prefix: string;
}

/** Connects machines through the interface, each with its own key; the workers play them from then on. */
export const connectMachines = async (plan: ConnectPlan): Promise<readonly Float64Array[]> => {
  const { server, workers, machines, concurrency, prefix } = plan;
  const place = await placeOf(server);
  const [counts, callers] = [shares(machines, workers.length), shares(concurrency, workers.length)];
  const names = (worker: number) =>
    Array.from({ length: counts[worker] ?? 0 }, (_, at) => `${prefix}-${worker}-${String(at).padStart(5, '0')}`);
  const outputs = await Promise.all(
    workers.map((worker, at) => {
      const input = { server: serverOf(server.bootstrap), place, names: names(at), concurrency: callers[at] ?? 1 };
      return worker.ask('connectMachines', input);
    }),
  );
  return outputs.map(({ latencies }) => latencies);
};

const placeOf = async ({ bootstrap }: ControlPlane): Promise<ConnectPlace> => ({
  group: `/subscriptions/${bootstrap.subscriptionId}/resourceGroups/${bootstrap.resourceGroup}`,
  location: bootstrap.location,
  accessToken: await signIn(bootstrap, bootstrap.automation),
});
