import pg from 'pg';
import { type ConnectionParts, connectionConfig } from './open-database.ts';

export interface NewDatabase {
  /** A superuser and the database it enters by, such as `postgres`. */
  readonly superuser: ConnectionParts;
  /** The role the application works as: not a superuser, and owner of nothing but its database. */
  readonly role: string;
  readonly password: string;
  readonly database: string;
}

/** Makes the application's role and database where they are missing, and sets the role's password. */
export const createDatabaseIfMissing = async (wanted: NewDatabase): Promise<void> => {
  const client = new pg.Client(connectionConfig(wanted.superuser));
  client.on('error', () => {}); // The statement under way reports it too.
  await client.connect();
  try {
    // Held until the connection ends: of replicas that start together one makes things, the others find them.
    await client.query('select pg_advisory_lock($1)', [creationLock]);
    await ensureRole(client, wanted);
    await ensureDatabase(client, wanted);
  } finally {
    await client.end();
  }
};

/** Any number that nothing else on the server locks. */
const creationLock = 4_815_162_342;

const ensureRole = async (client: pg.Client, { role, password }: NewDatabase): Promise<void> => {
  const name = pg.escapeIdentifier(role);
  const found = await client.query('select from pg_roles where pg_roles.rolname = $1', [role]);
  if (found.rows.length === 0) await client.query(`create role ${name}`);
  await client.query(
    `alter role ${name} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password ${pg.escapeLiteral(password)}`,
  );
};

const ensureDatabase = async (client: pg.Client, { role, database }: NewDatabase): Promise<void> => {
  const name = pg.escapeIdentifier(database);
  const found = await client.query('select from pg_database where pg_database.datname = $1', [database]);
  if (found.rows.length === 0) {
    const owner = pg.escapeIdentifier(role);
    await client.query(`create database ${name} owner ${owner} template template0 encoding 'UTF8' locale 'C'`);
  }
  await client.query(`revoke all on database ${name} from public`);
};
