import { createServer } from 'node:http';
import {
  AlreadyRunning,
  claimSocket,
  createLog,
  createStateStore,
  localApiSocketPath,
  makeStateFolders,
  statePaths,
} from '@holdfast/agent-runtime';
import { agentError } from '../agent-error.ts';
import type { CliWorld } from '../cli-world.ts';

/**
 * Does himds' local reset in its place while it is not running. The socket is its lock: held here, no himds can start
 * with the state that goes.
 * @throws AZCM0061 when a himds runs after all, AZCM0069 when the files cannot be removed
 */
export const resetLocalState = async ({ root, clock, random }: CliWorld): Promise<void> => {
  const paths = statePaths(root);
  const lock = createServer();
  try {
    await makeStateFolders(paths);
    const release = await claimSocket(lock, localApiSocketPath(root), random);
    const reading = { clock, log: createLog(clock, []), onUnreadable: () => {} };
    await createStateStore(paths, reading).removeIdentity();
    await release();
  } catch (cause) {
    if (cause instanceof AlreadyRunning) throw agentError('AZCM0061', 'it runs, but did not answer', { cause });
    throw agentError('AZCM0069', cause instanceof Error ? cause.message : String(cause), { cause });
  } finally {
    lock.close();
  }
};
