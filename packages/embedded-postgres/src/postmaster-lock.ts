import { statSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '@holdfast/kernel';
import type { Account } from './account.ts';
import type { ClusterFolder } from './cluster-folder.ts';
import { ifPresent } from './errno.ts';
import { findProcess, type OsProcess } from './os-process.ts';
import type { ServerPlace } from './server-place.ts';
import { folderMark, port } from './server-settings.ts';
import { removeShortFolder } from './socket-folder.ts';

/** The parts of a postmaster.pid that we use (PostgreSQL, "Database File Layout"; the file grows while it starts). */
export interface PostmasterLock {
  readonly pid: number;
  /** As the server sees it; empty until it listens. */
  readonly socketFolder: string;
  /** `starting`, `ready`, `stopping`, …; empty until the first report. */
  readonly status: string;
}

/** Undefined when the text does not start with a pid: it is being written, or a power loss emptied it. */
export const parsePostmasterLock = (text: string): PostmasterLock | undefined => {
  const lines = text.split('\n').map((line) => line.trim());
  // A stand-alone backend writes its pid as a negative number.
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  return pid > 0 ? { pid, socketFolder: lines[4] ?? '', status: lines[7] ?? '' } : undefined;
};

export const postmasterLockFile = (paths: ClusterFolder): string => join(paths.dataFolder, 'postmaster.pid');

export const readPostmasterLock = async (paths: ClusterFolder): Promise<PostmasterLock | undefined> => {
  const text = await ifPresent(readFile(postmasterLockFile(paths), 'utf8'));
  return text === undefined ? undefined : parsePostmasterLock(text);
};

/**
 * Who holds a lock:
 * - `ours`: a living postmaster that some start of this folder launched.
 * - `stranger`: a living postgres that somebody else runs on this cluster, or may.
 * - `gone`: nobody. The owner is dead or a zombie, or its pid has passed to a process with other business.
 */
export type LockOwner =
  | { readonly kind: 'ours'; readonly process: OsProcess }
  | { readonly kind: 'stranger'; readonly process: OsProcess }
  | { readonly kind: 'gone' };

export const findLockOwner = async (pid: number, paths: ClusterFolder, account: Account): Promise<LockOwner> => {
  const holder = findProcess(pid);
  // PostgreSQL's children rewrite their command line to "postgres: …", so this is a postmaster or nothing of the kind.
  if (holder === undefined || basename(holder.argv[0] ?? '') !== 'postgres') return { kind: 'gone' };
  if (holder.uid === account.uid && holder.argv.includes(folderMark(paths.folder)))
    return { kind: 'ours', process: holder };
  return (await worksElsewhere(holder, paths.dataFolder)) ? { kind: 'gone' } : { kind: 'stranger', process: holder };
};

/** A postmaster's working directory is its data folder. Where we may not read it we must assume the worst. */
const worksElsewhere = async (holder: OsProcess, dataFolder: string): Promise<boolean> => {
  const cluster = await stat(dataFolder);
  try {
    const working = statSync(`/proc/${holder.pid}/cwd`);
    return working.dev !== cluster.dev || working.ino !== cluster.ino;
  } catch {
    return false;
  }
};

/**
 * Clears the locks whose owner is gone; PostgreSQL would take a zombie, or a stranger's process that got the pid, for
 * the owner. That no orphan of the old server still writes is checked by PostgreSQL itself, by its shared memory.
 */
export const clearAbandonedLocks = async ({ paths, account }: ServerPlace, clock: Clock): Promise<void> => {
  for (const file of [join(paths.runFolder, `.s.PGSQL.${port}.lock`), postmasterLockFile(paths)]) {
    const lock = await readSettledLock(file, clock);
    if (lock === undefined) continue;
    if (lock !== 'unreadable') {
      if ((await findLockOwner(lock.pid, paths, account)).kind !== 'gone') continue;
      await removeShortFolder(lock.socketFolder);
    }
    await rm(file, { force: true });
  }
};

/** A lock without a pid is looked at twice: its owner may be about to write it. */
const readSettledLock = async (file: string, clock: Clock): Promise<PostmasterLock | 'unreadable' | undefined> => {
  for (const pause of [100, 0]) {
    const text = await ifPresent(readFile(file, 'utf8'));
    const lock = text === undefined ? undefined : parsePostmasterLock(text);
    if (text === undefined || lock) return lock;
    await clock.sleep(pause);
  }
  return 'unreadable';
};
