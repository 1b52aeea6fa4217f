import { constants, mkdir, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { doneUnless } from './errno.ts';
import { isReachable } from './reachable.ts';

/**
 * What lies in the folder. All of it is ours but `server/`, which belongs to the server's account:
 *
 *     launcher.lock        who started the server (folder-claim.ts)
 *     superuser.password   0600
 *     postgres.log         the server's stderr
 *     dist/                a copy of the binaries, where the installed ones cannot be used
 *     server/data          the cluster
 *     server/run           the socket
 *     server/initdb-*      a cluster in the making; garbage once its maker is gone
 */
export interface ClusterFolder {
  readonly folder: string;
  readonly lockFile: string;
  readonly passwordFile: string;
  readonly logFile: string;
  readonly serverFolder: string;
  readonly dataFolder: string;
  readonly runFolder: string;
}

/** Creates the folder (0700) where it is missing; the paths in the answer are free of symbolic links. */
export const openClusterFolder = async (path: string): Promise<ClusterFolder> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const folder = await realpath(path);
  const serverFolder = join(folder, 'server');
  return {
    folder,
    lockFile: join(folder, 'launcher.lock'),
    passwordFile: join(folder, 'superuser.password'),
    logFile: join(folder, 'postgres.log'),
    serverFolder,
    dataFolder: join(serverFolder, 'data'),
    runFolder: join(serverFolder, 'run'),
  };
};

/** Makes the folders that the server account must own, private to it. */
export const prepareServerFolders = async (paths: ClusterFolder, account: Account): Promise<void> => {
  for (const folder of [paths.serverFolder, paths.runFolder]) await makePrivateFolder(folder, account);
};

/** Works on the folder itself: a name inside `server/` is the server account's, and could be a link to anywhere. */
const makePrivateFolder = async (path: string, account: Account): Promise<void> => {
  await doneUnless(mkdir(path, { mode: 0o700 }), 'EEXIST');
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const { uid, gid, mode } = await folder.stat();
    if (uid !== account.uid || gid !== account.gid) await folder.chown(account.uid, account.gid);
    if ((mode & 0o777) !== 0o700) await folder.chmod(0o700);
  } finally {
    await folder.close();
  }
};

/** How the server's processes name their folder, and what they must inherit for that name to hold. */
export interface ServerView {
  readonly serverFolder: string;
  /** Descriptors for a child, from 3 on. */
  readonly inherited: readonly number[];
  close(): Promise<void>;
}

/** Where an inherited server folder appears in every process of the server. */
export const inheritedFolder = '/proc/self/fd/3';

/**
 * The plain path where the account can walk it. Otherwise (root's own 0700 folders) we open the folder and let the
 * child inherit it: resolving this magic link starts at the open folder, so the parents' permissions are not asked
 * (proc_pid_fd(5)), and every process that PostgreSQL forks inherits it too.
 */
export const viewServerFolder = async (serverFolder: string, account: Account): Promise<ServerView> => {
  if (await isReachable(serverFolder, account)) {
    return { serverFolder, inherited: [], close: async () => {} };
  }
  const handle = await open(serverFolder, 'r');
  return { serverFolder: inheritedFolder, inherited: [handle.fd], close: () => handle.close() };
};
