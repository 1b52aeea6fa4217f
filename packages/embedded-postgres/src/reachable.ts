import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Account, ourselves } from './account.ts';

interface Permissions {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export const read = 0o4;
/** Execute for a file, search for a folder. */
export const execute = 0o1;

/** Whether the permission bits grant `wanted` (path_resolution(7)): only the first class that matches counts. */
export const grants = (permissions: Permissions, account: Account, wanted: number): boolean => {
  const { mode, uid, gid } = permissions;
  const bits = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode;
  return (bits & wanted) === wanted;
};

/**
 * Whether `account` can come to an existing path and has `wanted` on it. `path` is absolute and free of symbolic links.
 * Only bits are read: libuv drops supplementary groups when it changes the uid, so there is nothing else to count.
 */
export const isReachable = async (path: string, account: Account, wanted = execute): Promise<boolean> => {
  // For ourselves the kernel answers, with everything it knows; R_OK and X_OK are these same bits.
  if (account.uid === ourselves().uid)
    return access(path, wanted).then(
      () => true,
      () => false,
    );
  if (!grants(await stat(path), account, wanted)) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!grants(await stat(folder), account, execute)) return false;
    if (folder === '/') return true;
  }
};
