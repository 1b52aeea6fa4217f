import type { SubscriptionId } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type {
  ConnectedMachineStore,
  Containers,
  HeartbeatStore,
  MachineStore,
  ManagedIdentities,
} from '@holdfast/provider-hybrid-compute';
import type {
  LongRunningOperations,
  ResourceGroupStore,
  SubscriptionStore,
  TenantReader,
} from '@holdfast/provider-resources';
import type { DirectoryStore, DirectoryWriter, SigningKeyStore } from '@holdfast/token-service';
import type { Handle } from './handle.ts';
import { type AuthorityStore, createAuthorityStore } from './stores/authority-store.ts';
import { createConnectedMachineStore } from './stores/connected-machine-store.ts';
import { createContainers } from './stores/container-store.ts';
import { createDirectoryStore } from './stores/directory-store.ts';
import { createDirectoryWriter } from './stores/directory-writer.ts';
import { createHeartbeatStore } from './stores/heartbeat-store.ts';
import { createLongRunningOperationStore } from './stores/long-running-operation-store.ts';
import { createMachineStore } from './stores/machine-store.ts';
import { createManagedIdentityStore } from './stores/managed-identity-store.ts';
import { createResourceGroupStore } from './stores/resource-group-store.ts';
import { createRoleAssignmentStore, type RoleAssignmentStore } from './stores/role-assignment-store.ts';
import { createServiceAvailabilityStore, type ServiceAvailabilityStore } from './stores/service-availability-store.ts';
import { createSigningKeyStore } from './stores/signing-key-store.ts';
import { createSubscriptionStore, tenantOfSubscription } from './stores/subscription-store.ts';
import { createTenantStore } from './stores/tenant-store.ts';

/** Every store over one handle. */
export interface Stores {
  readonly tenants: TenantReader;
  readonly subscriptions: SubscriptionStore;
  readonly resourceGroups: ResourceGroupStore;
  readonly containers: Containers;
  readonly machines: MachineStore;
  readonly managedIdentities: ManagedIdentities;
  /** For the providers of resources and of machines alike. */
  readonly longRunningOperations: LongRunningOperations;
  readonly connectedMachines: ConnectedMachineStore;
  readonly heartbeats: HeartbeatStore;
  readonly directory: DirectoryStore;
  readonly directoryWriter: DirectoryWriter;
  readonly signingKeys: SigningKeyStore;
  readonly roleAssignments: RoleAssignmentStore;
  readonly authorities: AuthorityStore;
  readonly serviceAvailability: ServiceAvailabilityStore;
  /** Requests name a subscription before anybody knows a tenant; this is the only question without one. */
  tenantOfSubscription(id: SubscriptionId): Promise<Uuid | undefined>;
}

/** Cheap: closures over the handle. Make one for the pool, and one for each transaction. */
export const createStores = (db: Handle): Stores => ({
  tenants: createTenantStore(db),
  subscriptions: createSubscriptionStore(db),
  resourceGroups: createResourceGroupStore(db),
  containers: createContainers(db),
  machines: createMachineStore(db),
  managedIdentities: createManagedIdentityStore(db),
  longRunningOperations: createLongRunningOperationStore(db),
  connectedMachines: createConnectedMachineStore(db),
  heartbeats: createHeartbeatStore(db),
  directory: createDirectoryStore(db),
  directoryWriter: createDirectoryWriter(db),
  signingKeys: createSigningKeyStore(db),
  roleAssignments: createRoleAssignmentStore(db),
  authorities: createAuthorityStore(db),
  serviceAvailability: createServiceAvailabilityStore(db),
  tenantOfSubscription: (id) => tenantOfSubscription(db, id),
});
