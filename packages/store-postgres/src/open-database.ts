import { seconds } from '@holdfast/kernel';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './rows.ts';
import { statementPool } from './statement-pool.ts';

/** A connection URL, or its parts; a `host` that begins with `/` is the folder of a Unix socket. */
export type Connection = string | ConnectionParts;

export interface ConnectionParts {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface DatabaseOptions {
  readonly connection: Connection;
  readonly poolSize: number;
  /**
   * Off for poolers that give every transaction another connection. The session's limits then have to be set there
   * too, as such poolers refuse them from clients.
   */
  readonly namedStatements: boolean;
  /** Hears of connections that broke; the pool replaces them by itself. */
  readonly onConnectionError?: (error: Error) => void;
}

export interface OpenDatabase {
  readonly db: Kysely<Database>;
  readonly pool: pg.Pool;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** Milliseconds. */
const limits = { connect: seconds(5), statement: seconds(30), idleInTransaction: seconds(60) };

/** Connects on first use, and again after the database was away. */
export const openDatabase = (options: DatabaseOptions): OpenDatabase => {
  const pool = new pg.Pool({
    ...connectionConfig(options.connection),
    ...(options.namedStatements && {
      statement_timeout: limits.statement,
      idle_in_transaction_session_timeout: limits.idleInTransaction,
    }),
    connectionTimeoutMillis: limits.connect,
    max: options.poolSize,
    idleTimeoutMillis: seconds(60),
    keepAlive: true,
    application_name: 'holdfast',
    types,
  });
  hearErrors(pool, options.onConnectionError ?? (() => {}));
  const dialect = new PostgresDialect({ pool: statementPool(pool, options) });
  const db = new Kysely<Database>({ dialect });
  return { db, pool, close: () => pool.end() };
};

export const connectionConfig = (connection: Connection): pg.ClientConfig =>
  typeof connection === 'string' ? { connectionString: connection } : { ...connection };

/**
 * An `error` event without a listener ends the process. The pool listens on idle connections only; one that breaks
 * between two statements of a transaction has nobody but us. What the pool repeats was heard from the connection.
 */
const hearErrors = (pool: pg.Pool, onError: (error: Error) => void): void => {
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', onError));
};

/** 64-bit integers as numbers: the largest we keep is a counter that a constraint holds below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8
      ? Number
      : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};
