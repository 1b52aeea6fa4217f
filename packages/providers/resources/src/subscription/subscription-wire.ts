import type { Subscription, SubscriptionAlias } from './subscription.ts';

export const subscriptionToWire = (subscription: Subscription) => ({
  id: `/subscriptions/${subscription.id}`,
  subscriptionId: subscription.id,
  tenantId: subscription.tenantId,
  displayName: subscription.displayName,
  state: subscription.state,
  authorizationSource: 'RoleBased',
  managedByTenants: [],
  subscriptionPolicies: {
    locationPlacementId: 'Internal_2014-09-01',
    quotaId: 'Internal_2014-09-01',
    spendingLimit: 'Off',
  },
});

export const aliasToWire = ({ name, subscriptionId }: SubscriptionAlias) => ({
  id: `/providers/Microsoft.Subscription/aliases/${name}`,
  name,
  type: 'Microsoft.Subscription/aliases',
  properties: { subscriptionId, provisioningState: 'Succeeded' },
});
