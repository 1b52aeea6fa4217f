import { sql } from 'kysely';
import type { Handle } from './handle.ts';
import { violatedUnique } from './sqlstate.ts';

/**
 * Runs writes of a transaction that may run into a unique constraint: false, with nothing written, when they did. The
 * transaction goes on either way. For updates; an insert says `on conflict do nothing` more cheaply.
 */
export const unlessTaken = async (
  transaction: Handle,
  constraint: string,
  work: () => Promise<void>,
): Promise<boolean> => {
  await sql`savepoint unless_taken`.execute(transaction);
  try {
    await work();
  } catch (error) {
    if (violatedUnique(error) !== constraint) throw error;
    await sql`rollback to savepoint unless_taken`.execute(transaction);
    return false;
  }
  await sql`release savepoint unless_taken`.execute(transaction);
  return true;
};
