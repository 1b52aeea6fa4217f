import { addMs, type Clock, seconds } from '@holdfast/kernel';
import { failure } from './failure.ts';
import { explainedFailure } from './known-failures.ts';
import { adoptPostmaster, isReady, launchPostmaster, type Postmaster } from './postmaster.ts';
import { clearAbandonedLocks, findLockOwner, readPostmasterLock } from './postmaster-lock.ts';
import { sizeOf } from './server-log.ts';
import type { ServerPlace } from './server-place.ts';
import { serverArguments } from './server-settings.ts';
import { shutDown } from './shutdown.ts';
import { makeSocketFolder, removeShortFolder, socketFolderOf } from './socket-folder.ts';

export interface RunningServer {
  readonly postmaster: Postmaster;
  readonly socketFolder: string;
  /** The first byte of its log that is news. */
  readonly logPosition: number;
}

/** How long a dying server's orphans and locks may stand in the way. */
const patience = seconds(10);
const retryInterval = seconds(0.1);
const passingObstacle = /pre-existing shared memory block|lock file ".*" already exists|lock file ".*" is empty/;

export interface RunOptions {
  readonly clock: Clock;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Adopts the server that runs here or launches one, and waits until it accepts connections.
 * @throws FolderInUse, StartFailed
 */
export const runServer = async (place: ServerPlace, { clock, settings }: RunOptions): Promise<RunningServer> => {
  const deadline = addMs(clock.now(), patience);
  for (;;) {
    const adopted = await adoptRunning(place, clock);
    if (adopted) return adopted;
    await clearAbandonedLocks(place, clock);
    const socketFolder = await makeSocketFolder(place);
    const args = serverArguments({
      folder: place.paths.folder,
      view: place.view,
      socketFolder: socketFolder.forServer,
      settings,
    });
    const launch = await launchPostmaster(place, args, clock);
    if (launch.started) return { ...launch, socketFolder: socketFolder.forClients };
    await removeShortFolder(socketFolder.forClients);
    if (!passingObstacle.test(launch.output) || clock.now() > deadline) {
      throw explainedFailure('PostgreSQL did not start', launch.output);
    }
    await clock.sleep(retryInterval);
  }
};

/** The server that already runs here; undefined when there is none, or when it was on its way out and is gone now. */
const adoptRunning = async (place: ServerPlace, clock: Clock): Promise<RunningServer | undefined> => {
  const { paths, account } = place;
  const lock = await readPostmasterLock(paths);
  const owner = lock && (await findLockOwner(lock.pid, paths, account));
  if (!owner || owner.kind === 'gone') return undefined;
  if (owner.kind === 'stranger') {
    const remedy = `stop it first (kill -INT ${owner.process.pid})`;
    throw failure('FolderInUse', `process ${owner.process.pid} runs PostgreSQL on ${paths.dataFolder}: ${remedy}`);
  }
  const postmaster = adoptPostmaster(owner.process, clock);
  if (lock.status === 'stopping') {
    await shutDown(postmaster, clock);
    return undefined;
  }
  const logPosition = await sizeOf(paths.logFile);
  if (!(await isReady(postmaster, place, clock))) return undefined;
  const reported = (await readPostmasterLock(paths))?.socketFolder ?? '';
  return { postmaster, logPosition, socketFolder: socketFolderOf(reported, paths.runFolder) };
};
