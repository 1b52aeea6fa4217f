import { join } from 'node:path';
import type { Clock, Random } from '@holdfast/kernel';
import { type ClusterFolder, openClusterFolder } from './cluster-folder.ts';
import { systemCopyFolders } from './distribution.ts';
import { explainSystemError } from './failure.ts';
import { claimFolder, type FolderClaim } from './folder-claim.ts';
import { initialiseCluster, isInitialised } from './initdb.ts';
import { type RunningServer, runServer } from './run-server.ts';
import { followLog } from './server-log.ts';
import { openServerPlace, type ServerPlace } from './server-place.ts';
import { port } from './server-settings.ts';
import { shutDown } from './shutdown.ts';
import { removeShortFolder } from './socket-folder.ts';
import { ensureSuperuser, readSuperuser, type Superuser } from './superuser.ts';

export interface EmbeddedPostgresOptions {
  /** Holds the cluster and everything about it; created when absent (0700). */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Takes the server's own log, line by line. It also stays in `<folder>/postgres.log`. */
  readonly log?: (line: string) => void;
  /** PostgreSQL settings that differ from the defaults in server-settings.ts. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A folder with bin/initdb and bin/postgres of another distribution, instead of the installed package. */
  readonly binaries?: string;
  /** Where a copy of the installed package may go that the server account cannot reach. */
  readonly copyFolders?: readonly string[];
}

export interface EmbeddedPostgres {
  /** Takes the place of a host name in a client's connection options. */
  readonly socketFolder: string;
  readonly port: number;
  /** For migrations and for making the application's role; never for the application itself. */
  readonly superuser: Superuser;
  readonly pid: number;
  /** Orderly shutdown; resolves when the server is gone and the folder is free. */
  stop(): Promise<void>;
  /** Resolves when the server has ended: `expected` after `stop`, otherwise it was killed or broke down. */
  readonly exited: Promise<{ readonly expected: boolean }>;
}

/**
 * Starts PostgreSQL in a folder, or adopts the one that still runs there because its launcher was killed.
 * @throws EmbeddedPostgresError
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  try {
    const paths = await openClusterFolder(options.folder);
    const claim = await claimFolder(paths.lockFile, options.random);
    try {
      return await startClaimed(paths, claim, options);
    } catch (error) {
      await claim.release();
      throw error;
    }
  } catch (error) {
    throw explainSystemError(error, options.folder);
  }
};

const startClaimed = async (paths: ClusterFolder, claim: FolderClaim, options: EmbeddedPostgresOptions) => {
  const place = await openServerPlace(paths, {
    binaries: options.binaries,
    copyFolders: options.copyFolders ?? [join(paths.folder, 'dist'), ...systemCopyFolders],
  });
  try {
    const superuser = await ensureCluster(place, options.random);
    const running = await runServer(place, { clock: options.clock, settings: options.settings ?? {} });
    return handleOf({ options, claim, paths, superuser, running });
  } finally {
    await place.view.close();
  }
};

const ensureCluster = async (place: ServerPlace, random: Random): Promise<Superuser> => {
  const { passwordFile, dataFolder } = place.paths;
  if (await isInitialised(dataFolder)) return readSuperuser(passwordFile);
  const superuser = await ensureSuperuser(passwordFile, random);
  await initialiseCluster(place, superuser);
  return superuser;
};

interface HandleParts {
  readonly options: EmbeddedPostgresOptions;
  readonly claim: FolderClaim;
  readonly paths: ClusterFolder;
  readonly superuser: Superuser;
  readonly running: RunningServer;
}

const handleOf = ({ options, claim, paths, superuser, running }: HandleParts): EmbeddedPostgres => {
  const { clock, log } = options;
  const { postmaster, socketFolder, logPosition } = running;
  const follower = log && followLog({ file: paths.logFile, from: logPosition, clock, log });
  let stopping: Promise<void> | undefined;
  const settle = async () => {
    await postmaster.ended;
    const expected = stopping !== undefined;
    await follower?.close();
    await removeShortFolder(socketFolder);
    await claim.release();
    return { expected };
  };
  const exited = settle();
  const stop = async () => {
    await shutDown(postmaster, clock);
    await exited;
  };
  return {
    socketFolder,
    port,
    superuser,
    pid: postmaster.pid,
    exited,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
};
