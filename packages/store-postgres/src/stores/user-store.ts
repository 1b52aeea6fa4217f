import type { DirectoryQuery, ExternalIdentity, Page, User, UserField, UserStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import { booleanField, type Field, meetsAll, textField } from '../conditions.ts';
import { asOne, type Handle } from '../handle.ts';
import { comesAfter, limitOf, pageFrom } from '../keyset-page.ts';
import { isStorable } from '../storable.ts';
import { deleteGrants } from './delete-grants.ts';
import { updateUser } from './update-user.ts';
import { selectUsers, userOf, userRowOf } from './user-row.ts';

export const createUserStore = (db: Handle): UserStore => ({
  find: (tenantId, id, options) => find(db, { tenantId, id, lock: options?.lock === true }),
  findByName: (tenantId, name) => findByName(db, tenantId, name),
  findByExternal: (tenantId, external) => findByExternal(db, tenantId, external),
  list: (tenantId, query) => list(db, tenantId, query),
  insert: (user) => insert(db, user),
  update: (user) => asOne(db, (transaction) => updateUser(transaction, user)),
  delete: (tenantId, id) => asOne(db, (transaction) => deleteUser(transaction, tenantId, id)),
  claimTotpStep: (tenantId, id, step) => claimTotpStep(db, { tenantId, id, step }),
});

const find = async (
  db: Handle,
  { tenantId, id, lock }: { tenantId: Uuid; id: Uuid; lock: boolean },
): Promise<User | undefined> => {
  const row = await selectUsers(db)
    .where('directory_user.tenant_id', '=', tenantId)
    .where('directory_user.user_id', '=', id)
    .$if(lock, (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  return row && userOf(row);
};

const findByName = async (db: Handle, tenantId: Uuid, name: string): Promise<User | undefined> => {
  if (!isStorable(name)) return undefined;
  const row = await selectUsers(db)
    .where('directory_user.tenant_id', '=', tenantId)
    .where('directory_user.user_principal_name_key', '=', name.toLowerCase())
    .executeTakeFirst();
  return row && userOf(row);
};

const findByExternal = async (db: Handle, tenantId: Uuid, external: ExternalIdentity): Promise<User | undefined> => {
  if (!isStorable(external.subject)) return undefined;
  const row = await selectUsers(db)
    .where('directory_user.tenant_id', '=', tenantId)
    .where('directory_user.external_provider_id', '=', external.providerId)
    .where('directory_user.external_subject', '=', external.subject)
    .executeTakeFirst();
  return row && userOf(row);
};

const fields: Record<UserField, Field> = {
  userPrincipalName: textField(sql`directory_user.user_principal_name_key`),
  displayName: textField(sql`coalesce(directory_user.display_name_key, lower(directory_user.display_name))`),
  mail: textField(sql`directory_user.mail_key`),
  mailNickname: textField(sql`directory_user.mail_nickname_key`),
  accountEnabled: booleanField(sql`directory_user.enabled`),
};

const place = { at: sql`directory_user.created_at`, id: sql`directory_user.user_id` };

const list = async (db: Handle, tenantId: Uuid, query: DirectoryQuery<UserField>): Promise<Page<User>> => {
  const rows = await selectUsers(db)
    .where('directory_user.tenant_id', '=', tenantId)
    .where(meetsAll(fields, query.where))
    .where(comesAfter(place, query.after))
    .orderBy('directory_user.created_at')
    .orderBy('directory_user.user_id')
    .limit(limitOf(query.top))
    .execute();
  return pageFrom(rows, query.top, { placeOf: (row) => ({ at: row.created_at, id: row.user_id }), itemOf: userOf });
};

const insert = async (db: Handle, user: User): Promise<boolean> => {
  const inserted = await db
    .insertInto('directory_user')
    .values(userRowOf(user))
    .onConflict((conflict) => conflict.doNothing())
    .returning('directory_user.user_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

/** Consents, sessions, codes and refresh tokens go by their foreign keys. */
const deleteUser = async (db: Handle, tenantId: Uuid, id: Uuid): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('directory_user')
    .where('directory_user.tenant_id', '=', tenantId)
    .where('directory_user.user_id', '=', id)
    .returning('directory_user.user_id')
    .executeTakeFirst();
  if (deleted === undefined) return false;
  await deleteGrants(db, { tenantId, principalIds: [id] });
  return true;
};

const claimTotpStep = async (
  db: Handle,
  { tenantId, id, step }: { tenantId: Uuid; id: Uuid; step: number },
): Promise<boolean> => {
  const claimed = await db
    .updateTable('directory_user')
    .set({ totp_last_step: step })
    .where('directory_user.tenant_id', '=', tenantId)
    .where('directory_user.user_id', '=', id)
    .where('directory_user.totp_last_step', '<', step)
    .returning('directory_user.user_id')
    .executeTakeFirst();
  return claimed !== undefined;
};
