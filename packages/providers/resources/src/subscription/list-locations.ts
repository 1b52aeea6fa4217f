import { isSince } from '@holdfast/arm';
import type { Handler, subscriptionOperations } from '@holdfast/contracts';
import type { Cloud } from '../cloud.ts';
import { requireSubscription } from './get-subscription.ts';
import type { SubscriptionStore } from './subscription.ts';

export const listLocations =
  (dependencies: {
    subscriptions: SubscriptionStore;
    cloud: Cloud;
  }): Handler<typeof subscriptionOperations.Subscriptions_ListLocations> =>
  async ({ context, parameters }) => {
    const { subscriptions, cloud } = dependencies;
    const { id } = await requireSubscription(subscriptions, context.caller.tenantId, parameters.subscriptionId);
    const value = cloud.locations.map(({ name, displayName }) => ({
      id: `/subscriptions/${id}/locations/${name}`,
      name,
      ...(isSince(context.apiVersion, '2021-01-01') && { type: 'Region' }),
      displayName,
      regionalDisplayName: displayName,
      metadata: { regionType: 'Physical', regionCategory: 'Recommended' },
    }));
    return { status: 200, body: { value } };
  };
