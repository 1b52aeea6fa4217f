import { chown, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inheritedFolder } from './cluster-folder.ts';
import { doneUnless } from './errno.ts';
import type { ServerPlace } from './server-place.ts';
import { port } from './server-settings.ts';

/** The folder of the socket by its two names. */
export interface SocketFolder {
  readonly forServer: string;
  readonly forClients: string;
}

/** The kernel takes 107 bytes (unix(7)); some room stays for the client's own suffixes. */
const longestSocketPath = 100;

const socketName = `.s.PGSQL.${port}`;

/** The folder inside the cluster's, or a private short one where that path is too long for a socket. */
export const makeSocketFolder = async ({ paths, account, view }: ServerPlace): Promise<SocketFolder> => {
  if (Buffer.byteLength(join(paths.runFolder, socketName)) <= longestSocketPath) {
    return { forServer: join(view.serverFolder, 'run'), forClients: paths.runFolder };
  }
  const folder = await mkdtemp(shortPrefix);
  await chown(folder, account.uid, account.gid);
  return { forServer: folder, forClients: folder };
};

/** Where clients find the socket that a running server reports in its own terms. */
export const socketFolderOf = (reported: string, runFolder: string): string =>
  reported.startsWith(`${inheritedFolder}/`) ? runFolder : reported;

const shortPrefix = '/tmp/holdfast-';
const shortFolder = /^\/tmp\/holdfast-[A-Za-z0-9]{6}$/;

/**
 * Removes a short folder after its server; a no-op for any other. The name may come from a file that the server account
 * could write, so nothing but a socket's own files and an empty folder is ever removed.
 */
export const removeShortFolder = async (folder: string): Promise<void> => {
  if (!shortFolder.test(folder)) return;
  for (const name of [socketName, `${socketName}.lock`]) await rm(join(folder, name), { force: true });
  await doneUnless(rmdir(folder), 'ENOENT', 'ENOTEMPTY', 'ENOTDIR');
};
