import type { GuessStore } from '@holdfast/token-service';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

export const createGuessStore = (db: Handle): GuessStore => ({
  count: (keys, since) => count(db, keys, since),
  add: (keys, window) => add(db, keys, window),
  clear: (keys) => clear(db, keys),
  deleteBefore: (at) => deleteBefore(db, at),
});

const count = async (db: Handle, keys: readonly string[], since: Date): Promise<readonly number[]> => {
  const rows = await db
    .selectFrom('guess_counter as counter')
    .select(['counter.guess_key', 'counter.guesses'])
    .where(sql<boolean>`counter.guess_key = any(${keys}::text[])`)
    .where('counter.began_at', '>=', since)
    .execute();
  const guesses = new Map(rows.map((row) => [row.guess_key, row.guesses]));
  return keys.map((key) => guesses.get(key) ?? 0);
};

/** In the order of the keys, so that guesses under several of the same keys take turns instead of waiting for each other. */
const add = async (db: Handle, keys: readonly string[], { now, since }: { now: Date; since: Date }): Promise<void> => {
  await sql`
    insert into guess_counter (guess_key, guesses, began_at)
    select distinct guess.key, 1, ${now}::timestamptz
    from unnest(${keys}::text[]) as guess (key)
    order by guess.key
    on conflict on constraint guess_counter_pkey do update set
      guesses = case
        when guess_counter.began_at < ${since}::timestamptz then 1
        else guess_counter.guesses + 1
      end,
      began_at = case
        when guess_counter.began_at < ${since}::timestamptz then excluded.began_at
        else guess_counter.began_at
      end`.execute(db);
};

const clear = async (db: Handle, keys: readonly string[]): Promise<void> => {
  await db.deleteFrom('guess_counter').where(sql<boolean>`guess_counter.guess_key = any(${keys}::text[])`).execute();
};

const deleteBefore = async (db: Handle, at: Date): Promise<number> => {
  const deleted = await db.deleteFrom('guess_counter').where('guess_counter.began_at', '<', at).executeTakeFirst();
  return Number(deleted.numDeletedRows);
};
