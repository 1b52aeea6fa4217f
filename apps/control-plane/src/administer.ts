import { ArmError } from '@holdfast/arm';
import type { Tenant } from '@holdfast/directory';
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
  readonly config: Pick<Config, 'masterKeyFile' | 'origin'>;
  readonly database: Pick<OpenDatabase, 'db'>;
  readonly stores: Stores;
  /** The one that --tenant names, else the first. */
  readonly tenant: Tenant;
  /** One JSON document on standard output. */
  readonly print: (result: unknown) => void;
  /** One line of JSON of many. */
  readonly printLine: (result: unknown) => void;
}

export interface Administrator {
  readonly config: Config;
  /** What --tenant says. */
  readonly tenant: string | undefined;
}

/** Runs a command against the database of a set-up control plane: the embedded one must be running. */
export const administer = async (
  { config, tenant }: Administrator,
  work: (tools: Administration) => Promise<void>,
): Promise<void> => {
  const connection = config.databaseUrl ?? connectionToOwn(config);
  const database = openDatabase({ connection, poolSize: 2, namedStatements: true });
  try {
    const stores = createStores(database.db);
    const tools = { ...systemRuntime(), config, database, stores, tenant: await findTenant(stores, tenant) };
    const write = (result: unknown, indent: number) =>
      void process.stdout.write(`${JSON.stringify(result, null, indent)}\n`);
    await work({ ...tools, print: (result) => write(result, 2), printLine: (result) => write(result, 0) });
  } catch (error) {
    throw isUnreachable(error) && config.databaseUrl === undefined ? notRunning(config) : error;
  } finally {
    await database.close();
  }
};

const findTenant = async ({ tenants, directory }: Stores, name: string | undefined): Promise<Tenant> => {
  const first = await tenants.first();
  if (first === undefined) throw new ConfigError('the database holds no tenant yet: run holdfast serve first');
  const found = await directory.findTenant(name?.toLowerCase() ?? first.id);
  if (found === undefined) throw new ConfigError(`--tenant: there is no tenant ${name}; see holdfast tenant list`);
  return found;
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
