import type { GroupId, LongRunningOperation, ResourceId, SubscriptionId } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { Machine } from './machine.ts';

/** A page of machines ordered by group and name. Keys are lower-case names. */
export interface MachineQuery {
  readonly tenantId: Uuid;
  readonly subscriptionId: SubscriptionId;
  readonly groupKey?: string | undefined;
  /** Only these; everything when undefined. */
  readonly visible?: VisibleMachines | undefined;
  readonly after?: MachineKeyPair | undefined;
  readonly limit: number;
}

export interface MachineKeyPair {
  readonly groupKey: string;
  readonly nameKey: string;
}

export interface VisibleMachines {
  readonly groupKeys: readonly string[];
  readonly machines: readonly MachineKeyPair[];
}

/** Keeps machines. `lock` holds the row until the transaction ends. */
export interface MachineStore {
  find(tenantId: Uuid, id: ResourceId, options?: { lock: boolean }): Promise<Machine | undefined>;
  list(query: MachineQuery): Promise<readonly Machine[]>;
  /** `name-taken` when another writer was first, `key-taken` when another machine holds the identity key. */
  insert(machine: Machine): Promise<'inserted' | 'name-taken' | 'key-taken'>;
  /** Writes tags, kind, settings, identity key and modification data, and counts the version up. */
  update(machine: Machine): Promise<'updated' | 'key-taken'>;
  delete(machine: Machine): Promise<void>;
}

/** The directory objects of machine identities. */
export interface ManagedIdentities {
  create(identity: {
    tenantId: Uuid;
    principalId: Uuid;
    clientId: Uuid;
    displayName: string;
    now: Date;
  }): Promise<void>;
  delete(tenantId: Uuid, principalId: Uuid): Promise<void>;
}

/** Where a machine lives. */
export interface Containers {
  findSubscription(tenantId: Uuid, id: SubscriptionId): Promise<{ state: 'Enabled' | 'Disabled' } | undefined>;
  /** The group with its name as its creator wrote it. Locked against deletion until the transaction ends when asked. */
  findGroup(tenantId: Uuid, id: GroupId, options?: { lock: boolean }): Promise<GroupId | undefined>;
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
