import type { GroupId, Location, LongRunningOperation, SubscriptionId, Tags } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';

export interface ResourceGroup {
  readonly tenantId: Uuid;
  readonly id: GroupId;
  readonly location: Location;
  readonly tags: Tags;
  readonly managedBy: string | undefined;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** Counts changes. */
  readonly version: number;
}

/** A page of groups ordered by name. Keys are lower-case names. */
export interface ResourceGroupQuery {
  readonly tenantId: Uuid;
  readonly subscriptionId: SubscriptionId;
  /** Only these; everything when undefined. */
  readonly groupKeys?: readonly string[] | undefined;
  /** Only groups with this tag, and this value when given. */
  readonly tag?: { readonly name: string; readonly value?: string | undefined } | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface ResourceGroupStore {
  find(tenantId: Uuid, id: GroupId, options?: { lock: boolean }): Promise<ResourceGroup | undefined>;
  list(query: ResourceGroupQuery): Promise<readonly ResourceGroup[]>;
  /** False when another writer was first. */
  insert(group: ResourceGroup): Promise<boolean>;
  /** Writes tags, managedBy and changedAt, and counts the version up. */
  update(group: ResourceGroup): Promise<void>;
  /** Deletes the group with everything in it: resources, their identities and the grants at or below it. */
  delete(group: ResourceGroup): Promise<void>;
  /** True when the subscription holds any group. */
  any(tenantId: Uuid, subscriptionId: SubscriptionId): Promise<boolean>;
}

export interface LongRunningOperations {
  insert(owner: OperationOwner, operation: LongRunningOperation): Promise<void>;
  find(owner: OperationOwner, id: Uuid): Promise<LongRunningOperation | undefined>;
}

/** Operations are visible below the subscription they ran in, to the principal who started them. */
export interface OperationOwner {
  readonly tenantId: Uuid;
  readonly subscriptionId: SubscriptionId;
  readonly principalId: Uuid;
}
