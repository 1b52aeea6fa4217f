import { type Scope, scopeCovers, scopeOf } from '@holdfast/arm';
import type { Handler, subscriptionOperations, Visibility } from '@holdfast/contracts';
import type { Subscription, SubscriptionStore } from './subscription.ts';
import { subscriptionToWire } from './subscription-wire.ts';

/** The subscriptions the caller has any grant in. */
export const listSubscriptions =
  ({
    subscriptions,
  }: {
    subscriptions: SubscriptionStore;
  }): Handler<typeof subscriptionOperations.Subscriptions_List> =>
  async ({ context }) => {
    const all = await subscriptions.list(context.caller.tenantId);
    return { status: 200, body: { value: all.filter(visibleIn(context.visibility)).map(subscriptionToWire) } };
  };

const visibleIn = (visibility: Visibility) => (subscription: Subscription) => {
  if (visibility === 'everything') return true;
  const own = scopeOf(`/subscriptions/${subscription.id}`);
  return visibility.some((scope: Scope) => scopeCovers(own, scope) || scopeCovers(scope, own));
};
