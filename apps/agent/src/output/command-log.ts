import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openLogFile, statePaths } from '@holdfast/agent-runtime';

/**
 * Appends to azcmagent.log what commands were run and how they ended; it is opened with the first line. A user who may
 * not write there runs `show` without a log.
 */
export const createCommandLog = (root: string): ((line: string) => void) => {
  let write: ((line: string) => void) | undefined;
  return (line) => {
    write ??= openOrNothing(root);
    write(line);
  };
};

const openOrNothing = (root: string): ((line: string) => void) => {
  const { logFolder } = statePaths(root);
  try {
    mkdirSync(logFolder, { recursive: true, mode: 0o755 });
    return openLogFile(join(logFolder, 'azcmagent.log')).write;
  } catch {
    return () => {};
  }
};
