import { armError, parseSubscriptionId } from '@holdfast/arm';
import type { Handler, subscriptionOperations } from '@holdfast/contracts';
import { type Uuid, unwrap } from '@holdfast/kernel';
import type { Subscription, SubscriptionStore } from './subscription.ts';
import { subscriptionToWire } from './subscription-wire.ts';

export const getSubscription =
  ({ subscriptions }: { subscriptions: SubscriptionStore }): Handler<typeof subscriptionOperations.Subscriptions_Get> =>
  async ({ context, parameters }) => {
    const subscription = await requireSubscription(subscriptions, context.caller.tenantId, parameters.subscriptionId);
    return { status: 200, body: subscriptionToWire(subscription) };
  };

/** The subscription a path names; one of another tenant does not exist. */
export const requireSubscription = async (
  subscriptions: SubscriptionStore,
  tenantId: Uuid,
  rawId: string,
): Promise<Subscription> => {
  const id = unwrap(parseSubscriptionId(rawId));
  const subscription = await subscriptions.find(tenantId, id);
  if (subscription === undefined) throw armError('SubscriptionNotFound', { id });
  return subscription;
};

/** As {@link requireSubscription}, for writes: a disabled subscription is read-only. */
export const requireWritableSubscription = async (
  subscriptions: SubscriptionStore,
  tenantId: Uuid,
  rawId: string,
): Promise<Subscription> => {
  const subscription = await requireSubscription(subscriptions, tenantId, rawId);
  if (subscription.state === 'Disabled') throw armError('ReadOnlyDisabledSubscription', { id: subscription.id });
  return subscription;
};
