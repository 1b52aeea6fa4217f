import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { localApiSocketPath, statePaths } from '@holdfast/agent-runtime';
import { agentError } from '../agent-error.ts';

/**
 * Whoever listens on the socket is told where this machine connects, and names the key it connects with. So its folder
 * must belong to root, to us or to the owner of the agent's state, and be closed to everybody else.
 * @throws AZCM0064
 */
export const refuseForeignSocket = (root: string): void => {
  const folder = dirname(localApiSocketPath(root));
  const seen = statIfPresent(folder);
  if (seen === undefined) return;
  const owners = [0, process.geteuid?.(), statIfPresent(statePaths(root).folder)?.uid];
  if (owners.includes(seen.uid) && (seen.mode & 0o077) === 0) return;
  throw agentError('AZCM0064', `${folder} is open to others or belongs to another user (uid ${seen.uid})`, {
    action: 'Remove that folder and start himds again.',
  });
};

const statIfPresent = (path: string): Stats | undefined => {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
};
