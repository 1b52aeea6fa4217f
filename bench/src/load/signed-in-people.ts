import type { ControlPlane } from '../servers/control-plane.ts';
import type { Account } from './people.ts';
import { serverOf } from './run-load.ts';
import { shares, type Worker } from './worker-pool.ts';

/** Signs people in with their passwords, a few at a time; the workers play them from then on. */
export const signInPeople = async (
  { bootstrap }: ControlPlane,
  workers: readonly Worker[],
  accounts: readonly Account[],
): Promise<void> => {
  const { endpoint, tenantId } = bootstrap;
  const counts = shares(accounts.length, workers.length);
  await Promise.all(
    workers.map(async (worker, at) => {
      const from = counts.slice(0, at).reduce((sum, count) => sum + count, 0);
      const own = accounts.slice(from, from + (counts[at] ?? 0));
      await worker.ask('open', { server: serverOf(bootstrap), connections: 4 });
      await worker.ask('signInPeople', { place: { endpoint, tenantId }, accounts: own });
    }),
  );
};
