import { type GroupId, nameOf, type SubscriptionId } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { Containers } from '@holdfast/provider-hybrid-compute';
import type { Handle } from '../handle.ts';

/** Where machines live, as their provider asks for it. */
export const createContainers = (db: Handle): Containers => ({
  findSubscription: (tenantId, id) => findSubscription(db, tenantId, id),
  findGroup: (tenantId, id, options) => findGroup(db, { tenantId, id, lock: options?.lock === true }),
});

const findSubscription = async (
  db: Handle,
  tenantId: Uuid,
  id: SubscriptionId,
): Promise<{ state: 'Enabled' | 'Disabled' } | undefined> =>
  db
    .selectFrom('subscription')
    .select('subscription.state')
    .where('subscription.tenant_id', '=', tenantId)
    .where('subscription.subscription_id', '=', id)
    .executeTakeFirst();

/** The lock is the one a foreign key takes: it keeps the group from going, and lets others put things into it. */
const findGroup = async (
  db: Handle,
  { tenantId, id, lock }: { tenantId: Uuid; id: GroupId; lock: boolean },
): Promise<GroupId | undefined> => {
  const row = await db
    .selectFrom('resource_group')
    .select('resource_group.name')
    .where('resource_group.tenant_id', '=', tenantId)
    .where('resource_group.subscription_id', '=', id.subscriptionId)
    .where('resource_group.group_key', '=', id.group.key)
    .$if(lock, (query) => query.forKeyShare())
    .executeTakeFirst();
  return row && { subscriptionId: id.subscriptionId, group: nameOf(row.name) };
};
