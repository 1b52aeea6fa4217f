import { readdirSync, readFileSync } from 'node:fs';

/** Ticks per second of the times in /proc (sysconf(_SC_CLK_TCK), 100 on every Linux that Node runs on). */
export const ticksPerSecond = 100;

interface Stat {
  readonly parent: number;
  readonly cpuSeconds: number;
}

/** proc_pid_stat(5); undefined when the process has gone. */
const findStat = (pid: number): Stat | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything, so the fields are counted from its end.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
    return { parent: Number(fields[1]), cpuSeconds: ticks / ticksPerSecond };
  } catch {
    return undefined;
  }
};

const childrenOf = (parent: number): readonly number[] => {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => findStat(pid)?.parent === parent);
};

/** User and system time of a process and of its children, those that have ended included. */
export const cpuSecondsOfTree = (root: number): number =>
  childrenOf(root).reduce((total, child) => total + cpuSecondsOfTree(child), findStat(root)?.cpuSeconds ?? 0);

/** The process below `root` that runs `program` with node; undefined when there is none. */
export const findBelow = (root: number, program: string): number | undefined => {
  if (commandOf(root)[1]?.endsWith(program)) return root;
  for (const child of childrenOf(root)) {
    const found = findBelow(child, program);
    if (found !== undefined) return found;
  }
  return undefined;
};

const commandOf = (pid: number): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

export const parentOf = (pid: number): number => findStat(pid)?.parent ?? Number.NaN;

export const cpuSecondsOf = (pid: number): number => findStat(pid)?.cpuSeconds ?? Number.NaN;

/** Megabytes of 1024² bytes. */
export interface Memory {
  /** Everything resident, most of it pages of the program's own file. */
  readonly rssMb: number;
  /** What the process has written: nobody shares it, and it cannot be read back from a file. */
  readonly privateMb: number;
}

/** proc_pid_smaps(5). Clean pages count as private or shared by who else happens to run, so they are left out there. */
export const memoryOf = (pid: number): Memory => {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const megabytes = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(text)?.[1]) / 1024;
  return { rssMb: megabytes('Rss'), privateMb: megabytes('Private_Dirty') };
};
