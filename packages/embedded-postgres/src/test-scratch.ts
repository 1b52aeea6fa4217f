// What the tests of this package set up: scratch folders, servers, and a client that we did not write.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as timers from 'node:timers';
import { fileURLToPath } from 'node:url';
import { createSystemClock } from '@holdfast/kernel';
import type { Account } from './account.ts';
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './index.ts';
import { findProcess, isAlive, type OsProcess, signalProcess } from './os-process.ts';

export const clock = createSystemClock(timers);
export const random = { bytes: (length: number): Uint8Array => randomBytes(length) };
export const isRoot = process.getuid?.() === 0;

/** What a test file started; a failed test leaves it running. */
const postmasters: OsProcess[] = [];
const remember = (pid: number) => {
  const postmaster = findProcess(pid);
  if (postmaster) postmasters.push(postmaster);
};

/** A folder of mode 0700, and the step that removes it with all servers of this test file. */
export const makeScratch = async (): Promise<{ path: string; remove: () => Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  const remove = async () => {
    for (const postmaster of postmasters.splice(0)) {
      signalProcess(postmaster, 'SIGQUIT');
      await until(() => !isAlive(postmaster));
    }
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
  };
  return { path, remove };
};

export type Start = Omit<EmbeddedPostgresOptions, 'clock' | 'random'>;

export const start = async (options: Start): Promise<EmbeddedPostgres> => {
  const server = await startEmbeddedPostgres({ ...options, clock, random });
  remember(server.pid);
  return server;
};

type Connection = Pick<EmbeddedPostgres, 'socketFolder' | 'superuser'>;
type Row = Record<string, unknown>;

interface PgClient {
  connect(): Promise<void>;
  query(text: string): Promise<{ rows: Row[] }>;
  end(): Promise<void>;
}
type PgModule = { Client: new (config: object) => PgClient };

/** The rows of one statement, over a connection of its own. */
export const query = async ({ socketFolder, superuser }: Connection, text: string): Promise<Row[]> => {
  const pg: PgModule = createRequire(import.meta.url)('pg');
  const client = new pg.Client({ host: socketFolder, port: 5432, database: 'postgres', ...superuser });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

export interface Launcher extends Connection {
  readonly child: ChildProcess;
  /** Of the postmaster. */
  readonly pid: number;
}

export interface LauncherOptions {
  readonly account?: Account;
  /** Where the package's sources lie, if not here. */
  readonly sources?: string;
}

/** The launcher process alone, which may be killed before it has started anything. It leads a process group. */
export const spawnLauncher = (options: Start, { account, sources }: LauncherOptions = {}): ChildProcess => {
  const program = join(sources ?? fileURLToPath(new URL('.', import.meta.url)), 'test-launcher.ts');
  const stdio: ['pipe', 'pipe', 'inherit'] = ['pipe', 'pipe', 'inherit'];
  return spawn(process.execPath, [program, JSON.stringify(options)], { ...account, cwd: '/', detached: true, stdio });
};

/** A server launched by another process. Its standard input's end is the order to stop. */
export const launch = async (options: Start, how: LauncherOptions = {}): Promise<Launcher> => {
  const child = spawnLauncher(options, how);
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += chunk;
    if (!output.endsWith('\n')) continue;
    const server = JSON.parse(output);
    remember(server.pid);
    return { child, ...server };
  }
  throw new Error('the launcher ended without a server');
};

/** Kills a process that we started, if it still runs, and waits until it is gone. */
export const killHard = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/** Polls until `condition` holds; the test's own time limit ends a hopeless wait. */
export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await clock.sleep(5);
};
