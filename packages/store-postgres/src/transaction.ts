import type { Kysely } from 'kysely';
import type { Database } from './rows.ts';
import { createStores, type Stores } from './stores.ts';

/** Runs an operation's writes as one: all of them or, when `work` throws, none. They are durable once this resolves. */
export const runInTransaction = <T>(db: Kysely<Database>, work: (stores: Stores) => Promise<T>): Promise<T> =>
  db.transaction().execute((transaction) => work(createStores(transaction)));
