import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFixtures, createTestDatabase } from '@holdfast/testkit';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type DatabaseOptions, type OpenDatabase, openDatabase } from './open-database.ts';
import { runInTransaction } from './transaction.ts';

const { connection } = await createTestDatabase();
const { host, port } = connection;

const using = async (options: Partial<DatabaseOptions>, work: (opened: OpenDatabase) => Promise<void>) => {
  const opened = openDatabase({ connection, poolSize: 2, namedStatements: true, ...options });
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
};

const one = sql<{ one: number }>`select ${1}::int as one`;
const unavailable = { entry: 'ServiceUnavailable' };

/** Stands between client and server, and can be away. */
const startRelay = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-relay-'));
  const path = join(folder, `.s.PGSQL.${port}`);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = host.startsWith('/')
      ? createConnection(join(host, `.s.PGSQL.${port}`))
      : createConnection(port, host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  const open = () => new Promise<void>((resolve) => server.listen(path, resolve));
  const leave = () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    return closed;
  };
  await open();
  return { host: folder, open, leave, remove: () => rm(folder, { recursive: true }) };
};

const throughRelay = async (work: (opened: OpenDatabase, relay: Relay) => Promise<void>) => {
  const relay = await startRelay();
  try {
    await using({ connection: { ...connection, host: relay.host } }, (opened) => work(opened, relay));
  } finally {
    await relay.leave();
    await relay.remove();
  }
};
type Relay = Awaited<ReturnType<typeof startRelay>>;

describe('a database that goes away', () => {
  test('is unavailable while it is gone, and used again as soon as it is back', async () => {
    await throughRelay(async ({ db }, relay) => {
      await Promise.all([one.execute(db), one.execute(db)]);
      await relay.leave();
      await expect(one.execute(db)).rejects.toMatchObject(unavailable);
      await expect(runInTransaction(db, async () => {})).rejects.toMatchObject(unavailable);
      await relay.open();
      expect((await one.execute(db)).rows).toEqual([{ one: 1 }]);
    });
  });

  test('in the middle of a transaction fails the transaction, not the process', async () => {
    await throughRelay(async ({ db }, relay) => {
      const work = db.transaction().execute(async (transaction) => {
        await one.execute(transaction);
        await relay.leave();
        await new Promise((resolve) => setTimeout(resolve, 50));
        await one.execute(transaction);
      });
      await expect(work).rejects.toMatchObject(unavailable);
      await relay.open();
      expect((await one.execute(db)).rows).toEqual([{ one: 1 }]);
    });
  });

  test('during a statement fails that statement', async () => {
    await throughRelay(async ({ db }, relay) => {
      const slow = sql`select pg_sleep(0.4)`.execute(db);
      const failed = expect(slow).rejects.toMatchObject(unavailable);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await relay.leave();
      await failed;
      await relay.open();
    });
  });

  test('by ending an idle session is told to the listener, and nobody else notices', async () => {
    const errors: Error[] = [];
    await using({ onConnectionError: (error) => errors.push(error) }, async ({ db }) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
      await using({}, async (other) => {
        await sql`select pg_terminate_backend(${rows[0]?.pid}::int)`.execute(other.db);
      });
      await expect.poll(() => errors.length).toBeGreaterThan(0);
      expect((await one.execute(db)).rows).toEqual([{ one: 1 }]);
    });
  });
});

describe('what a session is', () => {
  const statementsOf = async ({ db }: OpenDatabase) => {
    await one.execute(db);
    await one.execute(db);
    const { rows } = await sql<{ statement: string }>`
      select pg_prepared_statements.statement from pg_prepared_statements`.execute(db);
    return rows.map((row) => row.statement);
  };

  test('statements with parameters are prepared once per connection', async () => {
    await using({ poolSize: 1 }, async (opened) => {
      expect(await statementsOf(opened)).toEqual(['select $1::int as one']);
    });
  });

  test('nothing is left in the session for a pooler, and nothing asked of it, when statements have no names', async () => {
    await using({ poolSize: 1, namedStatements: false }, async (opened) => {
      expect(await statementsOf(opened)).toEqual([]);
    });
  });

  test('a statement may run for half a minute, an idle transaction for a minute', async () => {
    await using({}, async ({ db }) => {
      const setting = async (name: string) =>
        (await sql<{ value: string }>`select current_setting(${name}) as value`.execute(db)).rows[0]?.value;
      expect(await setting('statement_timeout')).toBe('30s');
      expect(await setting('idle_in_transaction_session_timeout')).toBe('1min');
    });
  });

  test('64-bit integers are numbers', async () => {
    await using({}, async ({ db }) => {
      const { rows } = await sql`select ${Number.MAX_SAFE_INTEGER}::bigint as counter`.execute(db);
      expect(rows).toEqual([{ counter: Number.MAX_SAFE_INTEGER }]);
    });
  });
});

describe('a transaction', () => {
  test('writes all or nothing', async () => {
    await using({}, async ({ db }) => {
      const tenant = createFixtures('transaction').tenant({ defaultDomain: 't.example' });
      const failed = runInTransaction(db, async (stores) => {
        await stores.directoryWriter.createTenant(tenant);
        throw new Error('changed my mind');
      });
      await expect(failed).rejects.toThrow('changed my mind');
      await runInTransaction(db, async (stores) => {
        expect(await stores.directory.findTenant('t.example')).toBeUndefined();
        await stores.directoryWriter.createTenant(tenant);
      });
      await runInTransaction(db, async (stores) => {
        expect(await stores.directory.findTenant('t.example')).toEqual(tenant);
      });
    });
  });
});
