import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ConnectTarget, createLog, createStateStore, statePaths } from '@holdfast/agent-runtime';
import { createScaledClock } from './scaled-clock.ts';

/** Leaves the state of a connected machine below `root`, as himds stores it. */
export const writeConnection = async (
  root: string,
  connected: { readonly target: ConnectTarget; readonly resourceId: string },
): Promise<void> => {
  const paths = statePaths(root);
  mkdirSync(dirname(paths.connection), { recursive: true });
  const clock = createScaledClock(1);
  const store = createStateStore(paths, { clock, log: createLog(clock, []), onUnreadable: () => {} });
  const ids = { vmId: 'vm', principalId: 'principal', clientId: 'client' };
  await store.saveConnection({ ...connected, ...ids, connectedAt: clock.now() });
};
