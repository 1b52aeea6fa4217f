import { createHash } from 'node:crypto';
import { seconds } from '@holdfast/kernel';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { isConnectionLost, translated } from './sqlstate.ts';

/**
 * The pool as Kysely sees it. Everything passes here, so this is where errors are translated, where statements get
 * names, and where a connection that was lost in use is kept from going back into the pool.
 */
export const statementPool = (pool: pg.Pool, options: { namedStatements: boolean }): PostgresPool => {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const nameOf = options.namedStatements ? createStatementNames() : () => undefined;
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect().catch(rethrow);
      const known = clients.get(client) ?? statementClient(client, nameOf);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
};

const statementClient = (client: pg.PoolClient, nameOf: StatementNames): PostgresPoolClient => {
  let lost = false;
  const query = async (text: string, values: readonly unknown[]) => {
    try {
      const name = nameOf(text);
      const limit = isScript(text, values) ? undefined : { query_timeout: answerLimit };
      return await client.query({ text, values: [...values], ...limit, ...(name !== undefined && { name }) });
    } catch (error) {
      lost ||= isConnectionLost(error);
      throw translated(error);
    }
  };
  return {
    // Kysely declares a further overload for cursors, which nothing here opens.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy === true || lost),
  };
};

/**
 * Milliseconds to wait for an answer: a little more than the server lets a statement run, for the server whose refusal
 * does not arrive because its host is gone without a word.
 */
const answerLimit = seconds(40);

/** A migration takes as long as it takes. */
const isScript = (text: string, values: readonly unknown[]): boolean =>
  values.length === 0 && !transactionControl.test(text);

const transactionControl = /^(begin|start|commit|rollback|savepoint|release)\b/;

const rethrow = (error: unknown): never => {
  throw translated(error);
};

/** The name of a statement on every connection; undefined leaves it unnamed. */
type StatementNames = (text: string) => string | undefined;

/** Far above the number of texts that the stores have; texts beyond it would pile up in the server's memory. */
const mostNames = 500;

/**
 * Names make PostgreSQL parse and plan a statement once per connection (measured: 1.5 times the heartbeats). Only what
 * takes parameters is worth it; `begin` and its like are not.
 */
const createStatementNames = (): StatementNames => {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= mostNames || !text.includes('$1')) return known;
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
    names.set(text, name);
    return name;
  };
};
