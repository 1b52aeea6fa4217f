import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { base64url, type Random } from '@holdfast/kernel';
import { doneUnless, ifPresent } from './errno.ts';
import { failure } from './failure.ts';
import { bootId, findProcess } from './os-process.ts';

export interface FolderClaim {
  release(): Promise<void>;
}

/**
 * Makes this process the only launcher on a folder, from before the first initdb until the postmaster has ended. A
 * claim names its holder by boot, pid and start, so one left by a killed process is recognised and taken over.
 * @throws FolderInUse while the holder lives
 */
export const claimFolder = async (lockFile: string, random: Random): Promise<FolderClaim> => {
  const mine = claimOf(process.pid) ?? '';
  const draft = `${lockFile}.${base64url(random.bytes(6))}`;
  await writeFile(draft, mine, { mode: 0o644 });
  try {
    for (;;) {
      // link(2) is the exclusive step: unlike open with O_EXCL it makes name and content appear together.
      if (await doneUnless(link(draft, lockFile), 'EEXIST')) return { release: () => rm(lockFile, { force: true }) };
      await removeStaleClaim(lockFile, `${draft}.stale`);
    }
  } finally {
    await rm(draft, { force: true });
  }
};

/** Moves the claim aside before deleting it: if another start replaced it meanwhile, what we hold differs and goes back. */
const removeStaleClaim = async (lockFile: string, aside: string): Promise<void> => {
  const seen = await ifPresent(readFile(lockFile, 'utf8'));
  if (seen === undefined) return;
  refuseLiving(seen, lockFile);
  if (!(await doneUnless(rename(lockFile, aside), 'ENOENT'))) return;
  const moved = await readFile(aside, 'utf8');
  if (moved !== seen) await doneUnless(link(aside, lockFile), 'EEXIST');
  await rm(aside);
  if (moved !== seen) refuseLiving(moved, lockFile);
};

const refuseLiving = (claim: string, lockFile: string): void => {
  const pid = Number.parseInt(claim, 10);
  if (claim !== claimOf(pid)) return;
  throw failure('FolderInUse', `process ${pid} already runs PostgreSQL in this folder (${lockFile}): stop it first`);
};

/** What the process with this pid writes; undefined when there is none. */
const claimOf = (pid: number): string | undefined => {
  const holder = findProcess(pid);
  return holder && `${holder.pid} ${holder.start} ${bootId()}\n`;
};
