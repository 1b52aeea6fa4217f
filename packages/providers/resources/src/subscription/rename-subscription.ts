import type { Handler, subscriptionOperations } from '@holdfast/contracts';
import { requireWritableSubscription } from './get-subscription.ts';
import type { SubscriptionStore } from './subscription.ts';

export const renameSubscription =
  ({
    subscriptions,
  }: {
    subscriptions: SubscriptionStore;
  }): Handler<typeof subscriptionOperations.Subscription_Rename> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    const subscription = await requireWritableSubscription(subscriptions, tenantId, parameters.subscriptionId);
    await subscriptions.update({ ...subscription, displayName: body.subscriptionName });
    return { status: 200, body: { subscriptionId: subscription.id } };
  };
