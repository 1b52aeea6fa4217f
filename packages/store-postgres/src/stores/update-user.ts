import type { User } from '@holdfast/directory';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { unlessTaken } from '../unless-taken.ts';
import { userRowOf } from './user-row.ts';

/** False when the new name is taken or there is no such user. Runs in a transaction. */
export const updateUser = async (db: Handle, user: User): Promise<boolean> => {
  let found = false;
  const free = await unlessTaken(db, 'directory_user_name_key', async () => {
    found = await updateRow(db, user);
  });
  return free && found;
};

/**
 * What an update read before may be old by now. It must not make a used code count again, nor tokens that were revoked
 * meanwhile.
 */
const updateRow = async (db: Handle, user: User): Promise<boolean> => {
  const { tenant_id, user_id, created_at: _, ...columns } = userRowOf(user);
  const updated = await db
    .updateTable('directory_user')
    .set({
      ...columns,
      totp_last_step: sql<number | null>`case
        when directory_user.totp_sealed_secret = ${columns.totp_sealed_secret}::bytea
        then greatest(directory_user.totp_last_step, ${columns.totp_last_step}::bigint)
        else ${columns.totp_last_step}::bigint
      end`,
      tokens_valid_from: sql<Date>`greatest(directory_user.tokens_valid_from, ${columns.tokens_valid_from}::timestamptz)`,
    })
    .where('directory_user.tenant_id', '=', tenant_id)
    .where('directory_user.user_id', '=', user_id)
    .returning('directory_user.user_id')
    .executeTakeFirst();
  return updated !== undefined;
};
