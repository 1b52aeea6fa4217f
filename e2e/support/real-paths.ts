import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, startProgram } from './program.ts';

/** A way to run programs with a folder of the test's own in the place of /var/opt. */
export interface RealPaths {
  /** The command that runs what follows it there. */
  readonly within: readonly string[];
  leave(): Promise<void>;
}

interface Way {
  /** Runs what follows with a view of the file system that is its own. */
  readonly make: readonly string[];
  /** Runs what follows in the view of another process. */
  readonly enter: (pid: number) => readonly string[];
}

const ways: readonly Way[] = [
  { make: ['unshare', '--mount'], enter: (pid) => ['nsenter', '--mount', '--target', `${pid}`] },
  {
    make: ['unshare', '--map-root-user', '--mount'],
    enter: (pid) => ['nsenter', '--user', '--preserve-credentials', '--mount', '--target', `${pid}`],
  },
];

/** Undefined where neither root nor an ordinary user may have a mount namespace (mount_namespaces(7)). */
export const enterRealPaths = async (folder: string): Promise<RealPaths | undefined> => {
  const own = join(folder, 'var-opt');
  mkdirSync(own);
  for (const { make, enter } of ways) {
    // The namespace lives as long as a process in it.
    const script = 'mount --bind "$1" /var/opt && echo ready && exec sleep 600';
    const holder = startProgram([...make, 'sh', '-c', script, 'sh', own]);
    if (await isReady(holder)) return { within: enter(holder.pid), leave: () => end(holder) };
  }
  return undefined;
};

const isReady = (holder: Program): Promise<boolean> =>
  holder.printed(/^ready$/m).then(
    () => true,
    () => false,
  );

const end = async (holder: Program): Promise<void> => {
  holder.signal('SIGTERM');
  await holder.ended;
};
