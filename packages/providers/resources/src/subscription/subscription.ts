import type { SubscriptionId } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';

/** A disabled subscription is read-only; nothing in it is lost. */
export interface Subscription {
  readonly id: SubscriptionId;
  readonly tenantId: Uuid;
  readonly displayName: string;
  readonly state: 'Enabled' | 'Disabled';
  readonly createdAt: Date;
}

/** The name under which a subscription was asked for; asking again under it gives the same one. */
export interface SubscriptionAlias {
  readonly tenantId: Uuid;
  readonly name: string;
  readonly subscriptionId: SubscriptionId;
}

export interface SubscriptionStore {
  find(tenantId: Uuid, id: SubscriptionId, options?: { lock: boolean }): Promise<Subscription | undefined>;
  list(tenantId: Uuid): Promise<readonly Subscription[]>;
  /** False when the id is taken. */
  insert(subscription: Subscription): Promise<boolean>;
  /** Writes display name and state. */
  update(subscription: Subscription): Promise<void>;
  /** Alias names compare without letter case. */
  findAlias(tenantId: Uuid, name: string): Promise<SubscriptionAlias | undefined>;
  /** False when the name is taken. */
  insertAlias(alias: SubscriptionAlias): Promise<boolean>;
}
