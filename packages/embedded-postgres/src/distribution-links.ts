import { lstat, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { doneUnless, ifPresent } from './errno.ts';

/** A symbolic link that npm cannot pack; paths are relative to the distribution. */
interface Link {
  readonly source: string;
  readonly target: string;
}

/** The links that the package lists for its install script, which npm may have been told not to run. */
export const listLinks = async (home: string): Promise<Link[]> => {
  const entries: Link[] = JSON.parse(await readFile(join(home, 'pg-symlinks.json'), 'utf8'));
  const inHome = (path: string) => path.replace(/^native\//, '');
  return entries.map(({ source, target }) => ({ source: inHome(source), target: inHome(target) }));
};

/** Creates what is missing; false when this place does not allow it. Another start may be at the same work. */
export const createMissingLinks = async (home: string): Promise<boolean> => {
  for (const { source, target } of await listLinks(home)) {
    if (await ifPresent(lstat(join(home, target)))) continue;
    const creation = doneUnless(symlink(relative(dirname(target), source), join(home, target)), 'EEXIST');
    if (!(await doneUnless(creation, 'EACCES', 'EPERM', 'EROFS'))) return false;
  }
  return true;
};
