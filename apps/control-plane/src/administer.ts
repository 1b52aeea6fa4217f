import { ArmError } from '@holdfast/arm';
import type { Tenant } from '@holdfast/provider-resources';
import {
  type ConnectionParts,
  createStores,
  type OpenDatabase,
  openDatabase,
  type Stores,
} from '@holdfast/store-postgres';
import type { Config } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { dataFolderAt } from './data-folder.ts';
import { findConnection } from './database.ts';
import { type Runtime, systemRuntime } from './runtime.ts';

/** What an administrative command works with. */
export interface Administration extends Runtime {
  readonly database: OpenDatabase;
  readonly stores: Stores;
  readonly tenant: Tenant;
  /** One JSON document on standard output. */
  readonly print: (result: unknown) => void;
}

/** Runs a command against the database of a set-up control plane: the embedded one must be running. */
export const administer = async (config: Config, work: (tools: Administration) => Promise<void>): Promise<void> => {
  const runtime = systemRuntime();
  const connection = config.databaseUrl ?? connectionToOwn(config);
  const database = openDatabase({ connection, poolSize: 2, namedStatements: true });
  try {
    const stores = createStores(database.db);
    const tenant = await stores.tenants.first();
    if (tenant === undefined) throw new ConfigError('the database holds no tenant yet: run holdfast serve first');
    const print = (result: unknown) => void process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    await work({ ...runtime, database, stores, tenant, print });
  } catch (error) {
    throw isUnreachable(error) && config.databaseUrl === undefined ? notRunning(config) : error;
  } finally {
    await database.close();
  }
};

const connectionToOwn = (config: Config): ConnectionParts => {
  const connection = findConnection(dataFolderAt(config.data));
  if (connection !== undefined) return connection;
  throw notRunning(config);
};

const isUnreachable = (error: unknown): boolean => error instanceof ArmError && error.entry === 'ServiceUnavailable';

const notRunning = ({ data }: Config): ConfigError =>
  new ConfigError(
    `no control plane is running on the data folder ${data}: start it with holdfast serve, or name another with --data`,
  );
