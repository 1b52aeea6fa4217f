import type { SubscriptionId } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { Subscription, SubscriptionAlias, SubscriptionStore } from '@holdfast/provider-resources';
import type { Handle } from '../handle.ts';
import type { SubscriptionAliasRow, SubscriptionRow } from '../rows.ts';

export const createSubscriptionStore = (db: Handle): SubscriptionStore => ({
  find: (tenantId, id, options) => find(db, { tenantId, id, lock: options?.lock === true }),
  list: (tenantId) => list(db, tenantId),
  insert: (subscription) => insert(db, subscription),
  update: (subscription) => update(db, subscription),
  findAlias: (tenantId, name) => findAlias(db, tenantId, name),
  insertAlias: (alias) => insertAlias(db, alias),
});

/** The tenant that a subscription belongs to. */
export const tenantOfSubscription = async (db: Handle, id: SubscriptionId): Promise<Uuid | undefined> => {
  const row = await db
    .selectFrom('subscription')
    .select('subscription.tenant_id')
    .where('subscription.subscription_id', '=', id)
    .executeTakeFirst();
  return row?.tenant_id;
};

const find = async (
  db: Handle,
  wanted: { tenantId: Uuid; id: SubscriptionId; lock: boolean },
): Promise<Subscription | undefined> => {
  const row = await selectSubscriptions(db)
    .where('subscription.tenant_id', '=', wanted.tenantId)
    .where('subscription.subscription_id', '=', wanted.id)
    .$if(wanted.lock, (query) => query.forUpdate())
    .executeTakeFirst();
  return row && subscriptionOf(row);
};

const list = async (db: Handle, tenantId: Uuid): Promise<readonly Subscription[]> => {
  const rows = await selectSubscriptions(db)
    .where('subscription.tenant_id', '=', tenantId)
    .orderBy('subscription.created_at')
    .orderBy('subscription.subscription_id')
    .execute();
  return rows.map(subscriptionOf);
};

const insert = async (db: Handle, subscription: Subscription): Promise<boolean> => {
  const inserted = await db
    .insertInto('subscription')
    .values({
      tenant_id: subscription.tenantId,
      subscription_id: subscription.id,
      display_name: subscription.displayName,
      state: subscription.state,
      created_at: subscription.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('subscription.subscription_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

const update = async (db: Handle, subscription: Subscription): Promise<void> => {
  await db
    .updateTable('subscription')
    .set({ display_name: subscription.displayName, state: subscription.state })
    .where('subscription.tenant_id', '=', subscription.tenantId)
    .where('subscription.subscription_id', '=', subscription.id)
    .execute();
};

const findAlias = async (db: Handle, tenantId: Uuid, name: string): Promise<SubscriptionAlias | undefined> => {
  const row = await db
    .selectFrom('subscription_alias')
    .select(['subscription_alias.tenant_id', 'subscription_alias.name', 'subscription_alias.subscription_id'])
    .where('subscription_alias.tenant_id', '=', tenantId)
    .where('subscription_alias.alias_key', '=', name.toLowerCase())
    .executeTakeFirst();
  return row && aliasOf(row);
};

const insertAlias = async (db: Handle, alias: SubscriptionAlias): Promise<boolean> => {
  const inserted = await db
    .insertInto('subscription_alias')
    .values({
      tenant_id: alias.tenantId,
      alias_key: alias.name.toLowerCase(),
      name: alias.name,
      subscription_id: alias.subscriptionId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('subscription_alias.alias_key')
    .executeTakeFirst();
  return inserted !== undefined;
};

const selectSubscriptions = (db: Handle) =>
  db
    .selectFrom('subscription')
    .select([
      'subscription.tenant_id',
      'subscription.subscription_id',
      'subscription.display_name',
      'subscription.state',
      'subscription.created_at',
    ]);

const subscriptionOf = (row: SubscriptionRow): Subscription => ({
  id: row.subscription_id as SubscriptionId,
  tenantId: row.tenant_id,
  displayName: row.display_name,
  state: row.state,
  createdAt: row.created_at,
});

const aliasOf = (row: Omit<SubscriptionAliasRow, 'alias_key'>): SubscriptionAlias => ({
  tenantId: row.tenant_id,
  name: row.name,
  subscriptionId: row.subscription_id as SubscriptionId,
});
