import { claimSocket } from '../local-api/claim-socket.ts';
import type { AgentStatus } from '../local-api/messages.ts';
import { createQueue } from '../local-api/queue.ts';
import { createLocalApiServer } from '../local-api/server.ts';
import { localApiSocketPath } from '../local-api/socket-path.ts';
import { makeStateFolders } from '../local-state/state-folders.ts';
import { statePaths } from '../local-state/state-paths.ts';
import type { HimdsOptions } from './himds-options.ts';
import { createHimdsParts, type HimdsParts } from './himds-parts.ts';
import { localCalls } from './local-calls.ts';
import { takeSteps } from './take-steps.ts';

export interface Himds {
  status(): AgentStatus;
  /** Ends everything in order; it never rejects. */
  stop(): Promise<void>;
}

/**
 * Starts the daemon on its folder and takes up the connection it finds there.
 * @throws AlreadyRunning when another himds serves the folder; the system's error when the state cannot be read
 */
export const startHimds = async (options: HimdsOptions): Promise<Himds> => {
  const paths = statePaths(options.root);
  makeStateFolders(paths);
  const parts = createHimdsParts(options, paths);
  const { identity, status, endpoint, challenges } = parts;
  const loaded = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const queue = createQueue();
  const calls = localCalls({ identity, status, ready: loaded.promise, stopping: stopping.signal, queue });
  const server = createLocalApiServer(calls, options.log);
  const release = await claimSocket(server, localApiSocketPath(options.root), options.random);
  const stop = () =>
    takeSteps(options.log, [
      ['refuse changes', async () => stopping.abort()],
      ['end heartbeat and renewal', identity.stop],
      ['finish changes', () => queue(async () => undefined)],
      ['close the metadata endpoint', endpoint.close],
      ['remove challenge files', async () => challenges.clear()],
      // The socket is also the lock: until here this process may have written state.
      ['release the folder', async () => release()],
      ['close the local interface', async () => server.close().closeAllConnections()],
    ]);
  try {
    await takeUp(parts);
    loaded.resolve();
    return { status, stop };
  } catch (error) {
    loaded.promise.catch(() => undefined);
    loaded.reject(error);
    await stop();
    throw error;
  }
};

const takeUp = async ({ services, identity, endpoint, challenges }: HimdsParts): Promise<void> => {
  const { memory, store, facts, log } = services;
  Object.assign(memory, store.load());
  if (memory.pending !== null) log.info('a connect was interrupted; it waits to be repeated');
  challenges.clear();
  await endpoint.open();
  void facts.upToDate();
  identity.resume();
};
