import { formatGroupId, type GroupId, type Location, nameOf, type SubscriptionId, scopeOf } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { ResourceGroup, ResourceGroupQuery, ResourceGroupStore } from '@holdfast/provider-resources';
import { type Selectable, sql } from 'kysely';
import { asOne, type Handle } from '../handle.ts';
import type { ResourceGroupRow } from '../rows.ts';
import { storableJson } from '../storable.ts';
import { deleteMachines } from './delete-machines.ts';

export const createResourceGroupStore = (db: Handle): ResourceGroupStore => ({
  find: (tenantId, id, options) => find(db, { tenantId, id, lock: options?.lock === true }),
  list: (query) => list(db, query),
  insert: (group) => insert(db, group),
  update: (group) => update(db, group),
  delete: (group) => asOne(db, (transaction) => deleteWithContent(transaction, group)),
  any: (tenantId, subscriptionId) => any(db, tenantId, subscriptionId),
});

const find = async (
  db: Handle,
  { tenantId, id, lock }: { tenantId: Uuid; id: GroupId; lock: boolean },
): Promise<ResourceGroup | undefined> => {
  const row = await selectGroups(db)
    .where('resource_group.tenant_id', '=', tenantId)
    .where('resource_group.subscription_id', '=', id.subscriptionId)
    .where('resource_group.group_key', '=', id.group.key)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
  return row && groupOf(row);
};

const list = async (db: Handle, query: ResourceGroupQuery): Promise<readonly ResourceGroup[]> => {
  const { groupKeys, tag, after } = query;
  let groups = selectGroups(db)
    .where('resource_group.tenant_id', '=', query.tenantId)
    .where('resource_group.subscription_id', '=', query.subscriptionId);
  if (groupKeys) groups = groups.where(sql<boolean>`resource_group.group_key = any(${groupKeys}::text[])`);
  if (after !== undefined) groups = groups.where('resource_group.group_key', '>', after);
  if (tag) groups = groups.where(carriesTag(tag));
  const rows = await groups.orderBy('resource_group.group_key').limit(query.limit).execute();
  return rows.map(groupOf);
};

/** Tag names compare without letter case, values with it. */
const carriesTag = ({ name, value }: { name: string; value?: string | undefined }) => {
  const sameValue = value === undefined ? sql`` : sql`and tag.value = ${value}`;
  return sql<boolean>`exists (
    select from jsonb_each_text(resource_group.tags) as tag (name, value)
    where lower(tag.name) = lower(${name}) ${sameValue}
  )`;
};

const insert = async (db: Handle, group: ResourceGroup): Promise<boolean> => {
  const inserted = await db
    .insertInto('resource_group')
    .values({
      tenant_id: group.tenantId,
      subscription_id: group.id.subscriptionId,
      group_key: group.id.group.key,
      name: group.id.group.text,
      location: group.location,
      tags: storableJson(group.tags),
      managed_by: group.managedBy ?? null,
      created_at: group.createdAt,
      changed_at: group.changedAt,
      version: group.version,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('resource_group.group_key')
    .executeTakeFirst();
  return inserted !== undefined;
};

const update = async (db: Handle, group: ResourceGroup): Promise<void> => {
  await db
    .updateTable('resource_group')
    .set((row) => ({
      tags: storableJson(group.tags),
      managed_by: group.managedBy ?? null,
      changed_at: group.changedAt,
      version: row('resource_group.version', '+', 1),
    }))
    .where('resource_group.tenant_id', '=', group.tenantId)
    .where('resource_group.subscription_id', '=', group.id.subscriptionId)
    .where('resource_group.group_key', '=', group.id.group.key)
    .execute();
};

/** The group is locked first: from then on nothing is put into it, and what was is seen by the next statement. */
const deleteWithContent = async (db: Handle, { tenantId, id }: ResourceGroup): Promise<void> => {
  const found = await find(db, { tenantId, id, lock: true });
  if (found === undefined) return;
  await deleteMachines(
    db,
    { tenantId, subscriptionId: id.subscriptionId, groupKey: id.group.key },
    scopeOf(formatGroupId(id)),
  );
  await db
    .deleteFrom('resource_group')
    .where('resource_group.tenant_id', '=', tenantId)
    .where('resource_group.subscription_id', '=', id.subscriptionId)
    .where('resource_group.group_key', '=', id.group.key)
    .execute();
};

const any = async (db: Handle, tenantId: Uuid, subscriptionId: SubscriptionId): Promise<boolean> => {
  const row = await db
    .selectFrom('resource_group')
    .select('resource_group.group_key')
    .where('resource_group.tenant_id', '=', tenantId)
    .where('resource_group.subscription_id', '=', subscriptionId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

const selectGroups = (db: Handle) =>
  db
    .selectFrom('resource_group')
    .select(['resource_group.tenant_id', 'resource_group.subscription_id', 'resource_group.name'])
    .select(['resource_group.location', 'resource_group.tags', 'resource_group.managed_by'])
    .select(['resource_group.created_at', 'resource_group.changed_at', 'resource_group.version']);

const groupOf = (row: Omit<Selectable<ResourceGroupRow>, 'group_key'>): ResourceGroup => ({
  tenantId: row.tenant_id,
  id: { subscriptionId: row.subscription_id as SubscriptionId, group: nameOf(row.name) },
  location: row.location as Location,
  tags: row.tags,
  managedBy: row.managed_by ?? undefined,
  createdAt: row.created_at,
  changedAt: row.changed_at,
  version: row.version,
});
