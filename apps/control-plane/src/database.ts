import { type EmbeddedPostgresError, startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { base64url, type Clock, type Random } from '@holdfast/kernel';
import {
  type ConnectionParts,
  createDatabaseIfMissing,
  migrate,
  type OpenDatabase,
  openDatabase,
} from '@holdfast/store-postgres';
import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import type { DataFolder } from './data-folder.ts';
import { findFile, writePrivateFile } from './private-file.ts';

export interface DatabaseNeeds {
  readonly config: Config;
  readonly folder: DataFolder;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

export interface RunningDatabase {
  readonly database: OpenDatabase;
  /** Closes the connections, and stops the server when it is ours. */
  stop(): Promise<void>;
  /** Resolves when a server of ours ends without having been asked to; never with one of the administrator's. */
  readonly lost: Promise<void>;
}

const role = 'holdfast';
const name = 'holdfast';

/** The administrator's PostgreSQL when one is configured, else our own; migrated in either case. */
export const startDatabase = (needs: DatabaseNeeds): Promise<RunningDatabase> =>
  needs.config.databaseUrl === undefined ? startOwn(needs) : connectTo(needs, needs.config.databaseUrl);

const connectTo = async ({ config, log }: DatabaseNeeds, connection: string): Promise<RunningDatabase> => {
  const database = openDatabase({
    connection,
    poolSize: config.databasePool,
    namedStatements: true,
    ...reporting(log),
  });
  await migrate(database.db);
  return { database, stop: () => database.close(), lost: new Promise(() => undefined) };
};

const startOwn = async ({ config, folder, clock, random, log }: DatabaseNeeds): Promise<RunningDatabase> => {
  const server = await startServer({ config, folder, clock, random });
  const password = findConnection(folder)?.password ?? base64url(random.bytes(32));
  const place = { host: server.socketFolder, port: server.port };
  const connection = { ...place, user: role, password, database: name };
  writePrivateFile(folder.databaseConnection, JSON.stringify(connection));
  await createDatabaseIfMissing({
    superuser: { ...place, ...server.superuser, database: 'postgres' },
    role,
    password,
    database: name,
  });
  const database = openDatabase({
    connection,
    poolSize: config.databasePool,
    namedStatements: true,
    ...reporting(log),
  });
  await migrate(database.db);
  return {
    database,
    stop: async () => {
      await database.close();
      await server.stop();
    },
    lost: server.exited.then(({ expected }) => (expected ? new Promise<void>(() => undefined) : undefined)),
  };
};

const startServer = async ({ config, folder, clock, random }: Omit<DatabaseNeeds, 'log'>) => {
  const { postgresBinaries: binaries } = config;
  try {
    return await startEmbeddedPostgres({
      folder: folder.postgres,
      clock,
      random,
      ...(binaries !== undefined && { binaries }),
    });
  } catch (error) {
    const { code, message } = error as EmbeddedPostgresError;
    if (code !== 'FolderInUse') throw error;
    throw new ConfigError(
      `another holdfast serves from the data folder ${folder.folder} (${message}). Choose another folder with --data.`,
    );
  }
};

/** How to reach the embedded database, as its last start left it. */
export const findConnection = (folder: DataFolder): ConnectionParts | undefined => {
  const text = findFile(folder.databaseConnection);
  return text && (JSON.parse(text.toString()) as ConnectionParts);
};

const reporting = (log: Logger) => ({
  onConnectionError: (error: Error) => log.warn({ err: error }, 'a database connection ended'),
});
