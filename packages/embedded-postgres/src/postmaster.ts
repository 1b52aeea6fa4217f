import { spawn } from 'node:child_process';
import { type Clock, seconds } from '@holdfast/kernel';
import { isAlive, type OsProcess, signalProcess } from './os-process.ts';
import { readPostmasterLock } from './postmaster-lock.ts';
import { openServerLog, readLogFrom, sizeOf } from './server-log.ts';
import type { ServerPlace } from './server-place.ts';
import { childEnvironment } from './server-settings.ts';

/** A postmaster, our child or an adopted one. */
export interface Postmaster {
  readonly pid: number;
  /** A no-op once it has ended. */
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<void>;
  hasEnded(): boolean;
}

export type Launch =
  | { readonly started: true; readonly postmaster: Postmaster; readonly logPosition: number }
  | { readonly started: false; readonly output: string };

/** Starts a postmaster and waits until it accepts connections or has given up. */
export const launchPostmaster = async (place: ServerPlace, args: readonly string[], clock: Clock): Promise<Launch> => {
  const { logFile } = place.paths;
  const log = await openServerLog(logFile);
  try {
    const logPosition = await sizeOf(logFile);
    const spawned = spawnPostmaster(place, args, log.fd);
    const { postmaster } = spawned;
    if (await isReady(postmaster, place, clock)) return { started: true, postmaster, logPosition };
    const reason = spawned.spawnError();
    return { started: false, output: reason ? reason.message : String(await readLogFrom(logFile, logPosition)) };
  } finally {
    await log.close();
  }
};

const spawnPostmaster = (place: ServerPlace, args: readonly string[], logDescriptor: number) => {
  const child = spawn(place.distribution.postgres, args, {
    ...place.account,
    cwd: '/',
    env: childEnvironment,
    // A session of its own: Ctrl-C must reach us alone, or the database would be gone before its users.
    detached: true,
    stdio: ['ignore', logDescriptor, logDescriptor, ...place.view.inherited],
  });
  let error: Error | undefined;
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      over = true;
      resolve();
    };
    child.on('exit', end);
    child.on('error', (cause) => {
      error = cause;
      if (child.pid === undefined) end();
    });
  });
  const signal = (name: NodeJS.Signals) => void child.kill(name);
  const postmaster: Postmaster = { pid: child.pid ?? 0, signal, ended, hasEnded: () => over };
  return { postmaster, spawnError: () => error };
};

const adoptedPollInterval = seconds(0.1);

/** Takes over a postmaster whose launcher is gone. It is nobody's child now, so its end is seen by looking. */
export const adoptPostmaster = (process: OsProcess, clock: Clock): Postmaster => {
  const watch = async () => {
    while (isAlive(process)) await clock.sleep(adoptedPollInterval);
  };
  return {
    pid: process.pid,
    signal: (name) => signalProcess(process, name),
    ended: watch(),
    hasEnded: () => !isAlive(process),
  };
};

const readyPollInterval = seconds(0.01);

/**
 * Waits for the postmaster's own word in its lock file; false when it ended first. There is no time limit: recovery
 * after a crash takes what it takes, and a server killed for being slow would only start over.
 */
export const isReady = async (postmaster: Postmaster, { paths }: ServerPlace, clock: Clock): Promise<boolean> => {
  while (!postmaster.hasEnded()) {
    const lock = await readPostmasterLock(paths);
    if (lock?.pid === postmaster.pid && lock.status === 'ready') return true;
    await clock.sleep(readyPollInterval);
  }
  return false;
};
