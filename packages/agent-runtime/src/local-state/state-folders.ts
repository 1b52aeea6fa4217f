import { chmodSync, mkdirSync } from 'node:fs';
import type { StatePaths } from './state-paths.ts';

/**
 * Makes the agent's folders with their compatible modes: programs in himds' group may read challenge files, and
 * nobody but himds the keys. The folder of the local socket is made where the socket is.
 */
export const makeStateFolders = (paths: StatePaths): void => {
  const folders = [
    [paths.folder, 0o755],
    [paths.certsFolder, 0o700],
    [paths.tokensFolder, 0o770],
    [paths.logFolder, 0o755],
  ] as const;
  for (const [path, mode] of folders) {
    mkdirSync(path, { recursive: true });
    // mkdir's mode passes through the umask, and an older folder keeps its own.
    chmodSync(path, mode);
  }
};
