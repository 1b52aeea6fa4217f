import { randomBytes } from 'node:crypto';
import {
  type ConnectionParts,
  createStores,
  type OpenDatabase,
  openDatabase,
  type Stores,
} from '@holdfast/store-postgres';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import type { TestServer } from './test-server.ts';

export interface TestDatabase extends OpenDatabase {
  readonly stores: Stores;
  /** For a test that opens connections of its own; it has to close them, or the file fails. */
  readonly connection: ConnectionParts;
  /** The same database as the server's superuser. */
  readonly superuser: ConnectionParts;
}

/**
 * A database of its own for a test file, migrated unless `empty`. Call it at the top of the file: it is dropped after the
 * file's last test, and a connection still open then fails the file.
 */
export const createTestDatabase = async (options: { empty?: boolean } = {}): Promise<TestDatabase> => {
  const server = inject('holdfastTestServer');
  const name = `${server.template}_${randomBytes(6).toString('hex')}`;
  await asSuperuser(server, async (client) => {
    const template = options.empty === true ? 'template0' : pg.escapeIdentifier(server.template);
    const owner = pg.escapeIdentifier(server.role.user);
    await client.query(`create database ${pg.escapeIdentifier(name)} template ${template} owner ${owner}`);
  });
  const connection = { ...server.superuser, ...server.role, database: name };
  const opened = openDatabase({ connection, poolSize: 8, namedStatements: true });
  const superuser = { ...server.superuser, database: name };
  afterAll(async () => {
    await opened.close();
    await asSuperuser(server, (client) => dropDatabase(client, name));
  });
  return { ...opened, stores: createStores(opened.db), connection, superuser };
};

const asSuperuser = async (server: TestServer, work: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({ ...server.superuser });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};

const dropDatabase = async (client: pg.Client, name: string): Promise<void> => {
  const leaked = await countConnections(client, name);
  await client.query(`drop database ${pg.escapeIdentifier(name)} with (force)`);
  if (leaked > 0) throw new Error(`this file left ${leaked} database connections open`);
};

/** A closed connection's process takes a moment to end. */
const countConnections = async (client: pg.Client, name: string): Promise<number> => {
  let count = 0;
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const found = await client.query<{ count: number }>(
      'select count(*)::int as count from pg_stat_activity where pg_stat_activity.datname = $1',
      [name],
    );
    count = found.rows[0]?.count ?? 0;
    if (count === 0) return 0;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return count;
};
