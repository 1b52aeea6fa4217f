import { armError, etagOf, type GroupId } from '@holdfast/arm';
import type { Handler, resourceGroupOperations } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import { requireSubscription } from '../subscription/get-subscription.ts';
import type { SubscriptionStore } from '../subscription/subscription.ts';
import type { ResourceGroup, ResourceGroupStore } from './resource-group.ts';
import { groupIdOf, resourceGroupToWire } from './resource-group-wire.ts';

export interface GroupStores {
  readonly subscriptions: SubscriptionStore;
  readonly groups: ResourceGroupStore;
}

export const getResourceGroup =
  (stores: GroupStores): Handler<typeof resourceGroupOperations.ResourceGroups_Get> =>
  async ({ context, parameters }) => {
    const group = await requireGroup(stores, {
      tenantId: context.caller.tenantId,
      id: groupIdOf(parameters),
      lock: false,
    });
    return { status: 200, body: resourceGroupToWire(group), etag: etagOf(group.version) };
  };

/** HEAD: whether the group exists, without a body and without an error. */
export const checkResourceGroup =
  ({ groups }: GroupStores): Handler<typeof resourceGroupOperations.ResourceGroups_CheckExistence> =>
  async ({ context, parameters }) => {
    const group = await groups.find(context.caller.tenantId, groupIdOf(parameters));
    return { status: group === undefined ? 404 : 204 };
  };

/** The group, or the error that says what is missing. `lock` keeps it as it is until the transaction ends. */
export const requireGroup = async (
  { subscriptions, groups }: GroupStores,
  { tenantId, id, lock }: { tenantId: Uuid; id: GroupId; lock: boolean },
): Promise<ResourceGroup> => {
  const group = await groups.find(tenantId, id, { lock });
  if (group !== undefined) return group;
  await requireSubscription(subscriptions, tenantId, id.subscriptionId);
  throw armError('ResourceGroupNotFound', { name: id.group.text });
};
