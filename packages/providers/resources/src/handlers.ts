import type {
  HandlersOf,
  metadataOperations,
  resourceGroupOperations,
  subscriptionOperations,
} from '@holdfast/contracts';
import type { Random } from '@holdfast/kernel';
import type { Cloud } from './cloud.ts';
import { getEndpoints } from './metadata/get-endpoints.ts';
import { deleteResourceGroup } from './resource-group/delete-resource-group.ts';
import { getOperationResult } from './resource-group/get-operation-result.ts';
import { checkResourceGroup, getResourceGroup } from './resource-group/get-resource-group.ts';
import { listResourceGroups } from './resource-group/list-resource-groups.ts';
import { patchResourceGroup } from './resource-group/patch-resource-group.ts';
import { putResourceGroup } from './resource-group/put-resource-group.ts';
import type { LongRunningOperations, ResourceGroupStore } from './resource-group/resource-group.ts';
import { cancelSubscription } from './subscription/cancel-subscription.ts';
import { getAlias } from './subscription/get-alias.ts';
import { getSubscription } from './subscription/get-subscription.ts';
import { listLocations } from './subscription/list-locations.ts';
import { listSubscriptions } from './subscription/list-subscriptions.ts';
import { putAlias } from './subscription/put-alias.ts';
import { renameSubscription } from './subscription/rename-subscription.ts';
import type { SubscriptionStore } from './subscription/subscription.ts';
import { listTenants } from './tenant/list-tenants.ts';
import type { TenantReader } from './tenant/tenant.ts';

export interface ResourcesDependencies {
  readonly cloud: Cloud;
  readonly random: Random;
  readonly tenants: TenantReader;
  readonly subscriptions: SubscriptionStore;
  readonly groups: ResourceGroupStore;
  readonly operations: LongRunningOperations;
}

type Table = typeof subscriptionOperations & typeof resourceGroupOperations & typeof metadataOperations;

export const resourcesHandlers = (dependencies: ResourcesDependencies): HandlersOf<Table> => ({
  Metadata_Endpoints: getEndpoints(dependencies),
  Tenants_List: listTenants(dependencies),
  Subscriptions_List: listSubscriptions(dependencies),
  Subscriptions_Get: getSubscription(dependencies),
  Subscriptions_ListLocations: listLocations(dependencies),
  Alias_Create: putAlias(dependencies),
  Alias_Get: getAlias(dependencies),
  Subscription_Rename: renameSubscription(dependencies),
  Subscription_Cancel: cancelSubscription(dependencies),
  ResourceGroups_List: listResourceGroups(dependencies),
  ResourceGroups_Get: getResourceGroup(dependencies),
  ResourceGroups_CheckExistence: checkResourceGroup(dependencies),
  ResourceGroups_CreateOrUpdate: putResourceGroup(dependencies),
  ResourceGroups_Update: patchResourceGroup(dependencies),
  ResourceGroups_Delete: deleteResourceGroup(dependencies),
  Operations_GetResult: getOperationResult(dependencies),
});
