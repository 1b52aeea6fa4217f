import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Run } from '../benchmark.ts';
import { collect, stopChild } from './child.ts';
import { type Bootstrap, readBootstrap, temporaryFolder } from './data-folder.ts';
import { type DatabaseFacts, databaseFacts } from './database.ts';
import { freePort } from './free-port.ts';
import { projectFolder } from './project-folder.ts';

export const holdfastProgram = join(projectFolder, 'apps', 'control-plane', 'src', 'main.ts');

export interface ControlPlane {
  readonly pid: number;
  readonly dataFolder: string;
  readonly bootstrap: Bootstrap;
  readonly database: DatabaseFacts;
  /** From its being spawned to its saying `ready`. */
  readonly startMs: number;
  stop(): Promise<void>;
}

export interface ControlPlaneOptions {
  readonly dataFolder: string;
  /** Further options of `holdfast serve`. */
  readonly options?: readonly string[];
}

/** `holdfast serve` from its sources, on embedded PostgreSQL, in a folder that goes with the run. */
export const startControlPlane = async (run: Run, given?: ControlPlaneOptions): Promise<ControlPlane> => {
  const dataFolder = given?.dataFolder ?? join(temporaryFolder(run), 'data');
  const begun = performance.now();
  const port = await freePort();
  const command = [holdfastProgram, 'serve', '--data', dataFolder, '--port', String(port)];
  const child = spawn(process.execPath, [...command, ...(given?.options ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => stopChild(child);
  run.atEnd(stop);
  const complaints = collect(child.stderr);
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`holdfast serve ended with ${code}: ${complaints()}`);
  });
  failed.catch(() => undefined);
  await Promise.race([line(child.stdout, /^ready /), failed]);
  const startMs = performance.now() - begun;
  const { pid = Number.NaN } = child;
  const database = await databaseFacts(dataFolder);
  // The file tells of the first start, which may have had another port.
  const bootstrap = { ...readBootstrap(dataFolder), endpoint: `https://localhost:${port}` };
  return { pid, dataFolder, bootstrap, database, startMs, stop };
};

/** Resolves when the stream says a line like this. */
export const line = (stream: NodeJS.ReadableStream, pattern: RegExp): Promise<void> =>
  new Promise((resolve) => {
    createInterface({ input: stream }).on('line', (text) => {
      if (pattern.test(text)) resolve();
    });
  });
