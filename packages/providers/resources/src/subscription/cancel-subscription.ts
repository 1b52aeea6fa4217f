import { armError } from '@holdfast/arm';
import type { Handler, subscriptionOperations } from '@holdfast/contracts';
import type { ResourceGroupStore } from '../resource-group/resource-group.ts';
import { requireSubscription } from './get-subscription.ts';
import type { SubscriptionStore } from './subscription.ts';

/** Disables a subscription. It must be empty, so that no server loses its identity by this. */
export const cancelSubscription =
  (dependencies: {
    subscriptions: SubscriptionStore;
    groups: ResourceGroupStore;
  }): Handler<typeof subscriptionOperations.Subscription_Cancel> =>
  async ({ context, parameters }) => {
    const { subscriptions, groups } = dependencies;
    const { tenantId } = context.caller;
    const subscription = await requireSubscription(subscriptions, tenantId, parameters.subscriptionId);
    if (await groups.any(tenantId, subscription.id)) throw armError('SubscriptionNotEmpty', { id: subscription.id });
    await subscriptions.update({ ...subscription, state: 'Disabled' });
    return { status: 200, body: { subscriptionId: subscription.id } };
  };
