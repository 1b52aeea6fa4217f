import pg from 'pg';
import { parentOf } from '../measuring/processes.ts';
import { readDatabaseConnection } from './data-folder.ts';

export interface DatabaseFacts {
  readonly version: string;
  /** Whether an acknowledged commit is on disk. */
  readonly fsync: string;
  readonly synchronousCommit: string;
  /** The postmaster; its children do the work. */
  readonly pid: number;
}

/** Asks the control plane's own database. */
export const withDatabase = async <T>(dataFolder: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(readDatabaseConnection(dataFolder));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

export const databaseFacts = (dataFolder: string): Promise<DatabaseFacts> =>
  withDatabase(dataFolder, async (client) => {
    const { rows } = await client.query<{ version: string; fsync: string; synchronous: string; backend: number }>(`
      select current_setting('server_version') as version, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as synchronous, pg_backend_pid() as backend`);
    const [row] = rows;
    if (row === undefined) throw new Error('PostgreSQL answered nothing');
    const { version, fsync, synchronous, backend } = row;
    return { version, fsync, synchronousCommit: synchronous, pid: parentOf(backend) };
  });
