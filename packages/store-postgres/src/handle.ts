import type { Kysely, Transaction } from 'kysely';
import type { Database } from './rows.ts';

/** What a store works on: the pool, or the transaction of an operation. */
export type Handle = Kysely<Database> | Transaction<Database>;

/** For stores that write with several statements: inside the caller's transaction, or in one of their own. */
export const asOne = <T>(db: Handle, work: (transaction: Handle) => Promise<T>): Promise<T> =>
  db.isTransaction ? work(db) : db.transaction().execute(work);
