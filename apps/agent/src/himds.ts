import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { clearTimeout, setTimeout } from 'node:timers';
import {
  AlreadyRunning,
  collectFacts,
  createCloudProbe,
  createLog,
  type HimdsOptions,
  makeStateFolders,
  openLogFile,
  startHimds,
  statePaths,
} from '@holdfast/agent-runtime';
import { createSystemClock } from '@holdfast/kernel';
import { agentVersion } from './agent-version.ts';
import { type HimdsSettings, readHimdsSettings } from './himds-settings.ts';

/** The daemon: runs until SIGTERM, SIGINT or SIGHUP. Answers the exit code. */
export const runHimds = async (argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
  const settings = readHimdsSettings(argv, env);
  if (!settings.ok) return complain(settings.error);
  const paths = statePaths(settings.value.root);
  try {
    makeStateFolders(paths);
    const file = openLogFile(paths.himdsLog);
    const sinks = settings.value.foreground ? [file.write, writeToStderr] : [file.write];
    await serve(himdsOptions(settings.value, sinks));
    file.close();
    return 0;
  } catch (error) {
    if (error instanceof AlreadyRunning) return complain(error.message);
    return complain(`himds cannot start in ${paths.folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const serve = async (options: HimdsOptions): Promise<void> => {
  const { log } = options;
  // The process ends all the same; its log then says of what.
  process.on('uncaughtExceptionMonitor', (error) =>
    log.error('himds crashes', { error: error.stack ?? String(error) }),
  );
  const asked = signalled();
  log.info('himds starts', { version: options.agentVersion, root: options.root, pid: process.pid });
  const himds = await startHimds(options);
  log.info('himds stops', { signal: await asked });
  await himds.stop();
  log.info('himds has stopped');
};

const himdsOptions = ({ root, metadataPort }: HimdsSettings, sinks: Parameters<typeof createLog>[1]): HimdsOptions => {
  const clock = createSystemClock({ setTimeout, clearTimeout });
  const probeCloud = createCloudProbe({ clock });
  return {
    root,
    metadataPort,
    clock,
    agentVersion,
    random: { bytes: (length) => Uint8Array.from(randomBytes(length)) },
    log: createLog(clock, sinks),
    collectFacts: () => collectFacts({ clock, probeCloud }),
    copy: { hostName: hostname().slice(0, 255), bootId: bootId() },
  };
};

/** Every further signal is ignored: a terminal and a supervisor may both send one, and the end is under way. */
const signalled = (): Promise<string> =>
  new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, resolve);
  });

/** Tells boots apart (proc_sys_kernel(5)); empty where there is no such file. */
const bootId = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
};

const writeToStderr = (line: string): void => {
  process.stderr.write(line, () => undefined);
};

const complain = (message: string): number => {
  writeToStderr(`${message}\n`);
  return 1;
};
