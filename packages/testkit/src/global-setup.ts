import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { createSystemClock, type Random } from '@holdfast/kernel';
import { type ConnectionParts, createDatabaseIfMissing, migrate, openDatabase } from '@holdfast/store-postgres';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import type { TestServer } from './test-server.ts';

// One server for a run of vitest, with one migrated database that test files clone. HOLDFAST_TEST_DATABASE_URL names
// another server by a superuser's URL.

const random: Random = { bytes: (length) => Uint8Array.from(randomBytes(length)) };

let undo: (() => Promise<void>)[] = [];

export const setup = async (project: TestProject): Promise<void> => {
  const url = process.env['HOLDFAST_TEST_DATABASE_URL'];
  const superuser = url === undefined ? await startServer() : partsOf(new URL(url));
  project.provide('holdfastTestServer', await createTemplate(superuser));
};

/** Every step is taken, whatever became of the others. */
export const teardown = async (): Promise<void> => {
  const failures: unknown[] = [];
  for (const step of undo.reverse()) await step().catch((error: unknown) => failures.push(error));
  undo = [];
  if (failures.length > 0) throw new AggregateError(failures, 'the test server could not be cleaned up');
};

/** Nothing of a test outlives it, so nothing is synced to disk. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

const startServer = async (): Promise<ConnectionParts> => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const server = await startEmbeddedPostgres({ folder, clock: createSystemClock(globalThis), random, settings });
  undo.push(() => server.stop());
  return { host: server.socketFolder, port: server.port, ...server.superuser, database: 'postgres' };
};

const partsOf = (url: URL): ConnectionParts => ({
  host: url.searchParams.get('host') ?? url.hostname,
  port: Number(url.port === '' ? '5432' : url.port),
  user: decodeURIComponent(url.username),
  password: decodeURIComponent(url.password),
  database: decodeURIComponent(url.pathname.slice(1)),
});

const createTemplate = async (superuser: ConnectionParts): Promise<TestServer> => {
  const name = `holdfast_test_${Buffer.from(random.bytes(6)).toString('hex')}`;
  const password = Buffer.from(random.bytes(24)).toString('base64url');
  undo.push(() => dropDatabases(superuser, name));
  await createDatabaseIfMissing({ superuser, role: name, password, database: name });
  const connection = { ...superuser, user: name, password, database: name };
  const { db, close } = openDatabase({ connection, poolSize: 2, namedStatements: true });
  try {
    await migrate(db);
  } finally {
    await close();
  }
  return { superuser, role: { user: name, password }, template: name };
};

/** With the clones of files that failed before they could drop theirs. */
const dropDatabases = async (superuser: ConnectionParts, name: string): Promise<void> => {
  const client = new pg.Client({ ...superuser });
  await client.connect();
  try {
    const left = await client.query<{ datname: string }>(
      'select pg_database.datname from pg_database where starts_with(pg_database.datname, $1)',
      [name],
    );
    for (const { datname } of left.rows)
      await client.query(`drop database ${pg.escapeIdentifier(datname)} with (force)`);
    await client.query(`drop role if exists ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
};
