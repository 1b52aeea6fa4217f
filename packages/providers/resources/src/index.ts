// provider-resources: tenants, subscriptions and resource groups. It owns the ports it needs; compose.ts plugs them.
export type { Cloud, CloudLocation } from './cloud.ts';
export { type ResourcesDependencies, resourcesHandlers } from './handlers.ts';
export type {
  LongRunningOperations,
  OperationOwner,
  ResourceGroup,
  ResourceGroupQuery,
  ResourceGroupStore,
} from './resource-group/resource-group.ts';
export type { Subscription, SubscriptionAlias, SubscriptionStore } from './subscription/subscription.ts';
export type { Tenant, TenantReader } from './tenant/tenant.ts';
