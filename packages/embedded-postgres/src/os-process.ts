import { readFileSync } from 'node:fs';
import { errnoOf } from './errno.ts';

/** A living process. The pair of pid and start makes it unmistakable: pids come back, start times do not. */
export interface OsProcess {
  readonly pid: number;
  /** Clock ticks after boot. */
  readonly start: string;
  readonly uid: number;
  readonly argv: readonly string[];
}

/** Undefined when nobody has the pid, or a zombie: it still answers to kill(pid, 0), but it holds nothing any more. */
export const findProcess = (pid: number): OsProcess | undefined => {
  const stat = readProc(pid, 'stat');
  const status = readProc(pid, 'status');
  const cmdline = readProc(pid, 'cmdline');
  if (stat === undefined || status === undefined || cmdline === undefined) return undefined;
  // proc_pid_stat(5): the name, field 2, may hold spaces and brackets; field 3 is the state, field 22 the start.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const uid = Number(/^Uid:\s+\d+\s+(\d+)/m.exec(status)?.[1]);
  return { pid, start: fields[19] ?? '', uid, argv: cmdline.split('\0').slice(0, -1) };
};

export const isAlive = (known: OsProcess): boolean => findProcess(known.pid)?.start === known.start;

/** Signals exactly that process; a no-op when it has ended. */
export const signalProcess = (known: OsProcess, signal: NodeJS.Signals): void => {
  try {
    if (isAlive(known)) process.kill(known.pid, signal);
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error;
  }
};

/** Differs after every boot (random(4)). */
export const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

const readProc = (pid: number, name: string): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
};
