import { readdirSync, readFileSync } from 'node:fs';

export interface OsProcess {
  readonly pid: number;
  readonly command: string;
}

/**
 * The processes that name the folder in their command line or were started with it in their environment, this one
 * excepted. Linux only, as the agent is.
 */
export const processesOf = (folder: string): readonly OsProcess[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const command = procFile(name, 'cmdline');
      const named = command.includes(folder) || procFile(name, 'environ').includes(folder);
      return named ? [{ pid: Number(name), command: command.replaceAll('\0', ' ').trim() }] : [];
    });

/** For the end of a test that failed: what it started must not outlive it. */
export const killProcessesOf = (folder: string): void => {
  for (const { pid } of processesOf(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
};

/** Every command line that can be read now. */
export const commandLines = (): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => procFile(name, 'cmdline').replaceAll('\0', ' '));

/** Empty for a process that is gone or another user's. */
const procFile = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};
