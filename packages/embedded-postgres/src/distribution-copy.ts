import { chmod, copyFile, mkdir, mkdtemp, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type Account, ourselves } from './account.ts';
import { createMissingLinks } from './distribution-links.ts';
import { doneUnless, ifPresent } from './errno.ts';
import { findProcess } from './os-process.ts';
import { isReachable } from './reachable.ts';

export interface Copy {
  readonly source: string;
  /** Its last component is the version: one copy serves every cluster. */
  readonly target: string;
  readonly account: Account;
}

/**
 * A copy of a distribution that `account` can execute and only we can change; made once, complete when it has its name.
 * @throws when this place does not allow one
 */
export const ensureCopy = async ({ source, target, account }: Copy): Promise<string> => {
  const existing = await realpath(await nearestExisting(dirname(target)));
  if (!(await isReachable(existing, account))) throw new Error(`user id ${account.uid} cannot enter ${existing}`);
  await makeOpenFolder(dirname(target));
  const home = join(await realpath(dirname(target)), basename(target));
  const files = await listFiles(source);
  if (!(await isComplete(home, files))) await makeCopy(source, home, files);
  return home;
};

interface File {
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
}

/** What running a server needs: not the libraries for linking programs against PostgreSQL. */
const listFiles = async (source: string): Promise<File[]> => {
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile() && !/\.(a|pc)$/.test(entry.name));
  return Promise.all(
    paths.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mode } = await stat(path);
      return { path: relative(source, path), size, executable: (mode & 0o100) !== 0 };
    }),
  );
};

/** Sizes tell a copy that a power loss emptied. A copy that others could change is refused. */
const isComplete = async (home: string, files: readonly File[]): Promise<boolean> => {
  const owner = (await ifPresent(stat(home)))?.uid;
  if (owner === undefined) return false;
  if (owner !== 0 && owner !== ourselves().uid) throw new Error(`${home} belongs to user id ${owner}`);
  const sizes = await Promise.all(files.map(async ({ path }) => (await ifPresent(stat(join(home, path))))?.size));
  return files.every(({ size }, index) => sizes[index] === size);
};

const makeCopy = async (source: string, home: string, files: readonly File[]): Promise<void> => {
  const parent = dirname(home);
  await removeAbandoned(parent);
  const part = await mkdtemp(join(parent, `${partPrefix}${process.pid}-${findProcess(process.pid)?.start}-`));
  await chmod(part, 0o755);
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) await makeOpenFolder(join(part, folder));
  for (const { path, executable } of files) {
    await copyFile(join(source, path), join(part, path));
    await chmod(join(part, path), executable ? 0o755 : 0o644);
  }
  await createMissingLinks(part);
  if (await doneUnless(rename(part, home), 'ENOTEMPTY', 'EEXIST')) return;
  // Another start was quicker, or there is a broken copy to replace.
  if (!(await isComplete(home, files))) {
    await rm(home, { recursive: true });
    await rename(part, home);
  }
  await rm(part, { recursive: true, force: true });
};

const partPrefix = 'part-';

/** Parts are named after the process that makes them; the others' makers are gone. */
const removeAbandoned = async (parent: string): Promise<void> => {
  for (const name of await readdir(parent)) {
    const [, pid, start] = /^part-(\d+)-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || findProcess(Number(pid))?.start === start) continue;
    await rm(join(parent, name), { recursive: true, force: true });
  }
};

const nearestExisting = async (path: string): Promise<string> =>
  (await ifPresent(stat(path))) ? path : nearestExisting(dirname(path));

/** Creates what is missing, searchable by everyone whatever our umask is; existing folders stay as they are. */
const makeOpenFolder = async (path: string): Promise<void> => {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) await chmod(folder, 0o755);
};
