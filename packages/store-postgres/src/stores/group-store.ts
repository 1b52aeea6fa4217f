import type { DirectoryQuery, Group, GroupField, GroupStore, Page } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import { type Field, meetsAll, textField } from '../conditions.ts';
import { asOne, type Handle } from '../handle.ts';
import { comesAfter, limitOf, pageFrom } from '../keyset-page.ts';
import type { DirectoryGroupRow } from '../rows/directory.ts';
import { storableText } from '../storable.ts';
import { deleteGrants } from './delete-grants.ts';

export const createGroupStore = (db: Handle): GroupStore => ({
  find: (tenantId, id, options) => find(db, { tenantId, id, lock: options?.lock === true }),
  list: (tenantId, query) => list(db, tenantId, query),
  insert: (group) => insert(db, group),
  update: (group) => update(db, group),
  delete: (tenantId, id) => asOne(db, (transaction) => deleteGroup(transaction, tenantId, id)),
});

const find = async (
  db: Handle,
  { tenantId, id, lock }: { tenantId: Uuid; id: Uuid; lock: boolean },
): Promise<Group | undefined> => {
  const row = await selectGroups(db)
    .where('directory_group.tenant_id', '=', tenantId)
    .where('directory_group.group_id', '=', id)
    .$if(lock, (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  return row && groupOf(row);
};

const fields: Record<GroupField, Field> = {
  displayName: textField(sql`directory_group.display_name_key`),
  mailNickname: textField(sql`directory_group.mail_nickname_key`),
};

const place = { at: sql`directory_group.created_at`, id: sql`directory_group.group_id` };

const list = async (db: Handle, tenantId: Uuid, query: DirectoryQuery<GroupField>): Promise<Page<Group>> => {
  const rows = await selectGroups(db)
    .where('directory_group.tenant_id', '=', tenantId)
    .where(meetsAll(fields, query.where))
    .where(comesAfter(place, query.after))
    .orderBy('directory_group.created_at')
    .orderBy('directory_group.group_id')
    .limit(limitOf(query.top))
    .execute();
  return pageFrom(rows, query.top, { placeOf: (row) => ({ at: row.created_at, id: row.group_id }), itemOf: groupOf });
};

const insert = async (db: Handle, group: Group): Promise<void> => {
  await db
    .insertInto('directory_group')
    .values({ tenant_id: group.tenantId, group_id: group.id, created_at: group.createdAt, ...contentOf(group) })
    .execute();
};

const update = async (db: Handle, group: Group): Promise<boolean> => {
  const updated = await db
    .updateTable('directory_group')
    .set(contentOf(group))
    .where('directory_group.tenant_id', '=', group.tenantId)
    .where('directory_group.group_id', '=', group.id)
    .returning('directory_group.group_id')
    .executeTakeFirst();
  return updated !== undefined;
};

/** Its members leave by the foreign key. */
const deleteGroup = async (db: Handle, tenantId: Uuid, id: Uuid): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('directory_group')
    .where('directory_group.tenant_id', '=', tenantId)
    .where('directory_group.group_id', '=', id)
    .returning('directory_group.group_id')
    .executeTakeFirst();
  if (deleted === undefined) return false;
  await deleteGrants(db, { tenantId, principalIds: [id] });
  return true;
};

const contentOf = (group: Group) => ({
  display_name: storableText(group.displayName),
  display_name_key: storableText(group.displayName).toLowerCase(),
  description: group.description === undefined ? null : storableText(group.description),
  mail_nickname: storableText(group.mailNickname),
  mail_nickname_key: storableText(group.mailNickname).toLowerCase(),
});

export const selectGroups = (db: Handle) =>
  db
    .selectFrom('directory_group')
    .select(['directory_group.tenant_id', 'directory_group.group_id', 'directory_group.display_name'])
    .select(['directory_group.description', 'directory_group.mail_nickname', 'directory_group.created_at']);

export const groupOf = (row: Omit<DirectoryGroupRow, 'display_name_key' | 'mail_nickname_key'>): Group => ({
  id: row.group_id,
  tenantId: row.tenant_id,
  displayName: row.display_name,
  description: row.description ?? undefined,
  mailNickname: row.mail_nickname,
  createdAt: row.created_at,
});
