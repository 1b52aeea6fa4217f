import { etagOf, failedCondition, parseTags } from '@holdfast/arm';
import type { Handler, resourceGroupOperations } from '@holdfast/contracts';
import { unwrap } from '@holdfast/kernel';
import { requireWritableSubscription } from '../subscription/get-subscription.ts';
import { type GroupStores, requireGroup } from './get-resource-group.ts';
import { groupIdOf, resourceGroupToWire } from './resource-group-wire.ts';

/** Replaces the tag map when one is given; everything absent stays. */
export const patchResourceGroup =
  (stores: GroupStores): Handler<typeof resourceGroupOperations.ResourceGroups_Update> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    await requireWritableSubscription(stores.subscriptions, tenantId, parameters.subscriptionId);
    const group = await requireGroup(stores, { tenantId, id: groupIdOf(parameters), lock: true });
    const failure = failedCondition(context.conditions, etagOf(group.version));
    if (failure !== undefined) throw failure;
    const { tags = group.tags, managedBy = group.managedBy } = body;
    const changed = { ...group, tags: unwrap(parseTags(tags)), managedBy, changedAt: context.now };
    await stores.groups.update(changed);
    const now = { ...changed, version: group.version + 1 };
    return { status: 200, body: resourceGroupToWire(now), etag: etagOf(now.version) };
  };
