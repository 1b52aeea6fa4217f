import type { SubscriptionId } from '@holdfast/arm';
import type {
  ApplicationStore,
  ConditionalAccessStore,
  ConsentStore,
  CredentialStore,
  DirectoryRoleStore,
  DirectoryStore,
  DirectoryWriter,
  GroupStore,
  IdentityProviderStore,
  MembershipStore,
  OwnerStore,
  ServicePrincipalStore,
  SignInStore,
  UserStore,
} from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { Places, Principals } from '@holdfast/provider-authorization';
import type { DirectoryObjectReader } from '@holdfast/provider-graph';
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
import type {
  AuthorizationCodeStore,
  DeviceCodeStore,
  GuessStore,
  RefreshTokenStore,
  SessionStore,
  SigningKeyStore,
} from '@holdfast/token-service';
import type { Handle } from './handle.ts';
import { createApplicationStore } from './stores/application-store.ts';
import { type AuthorityStore, createAuthorityStore } from './stores/authority-store.ts';
import { createAuthorizationCodeStore } from './stores/authorization-code-store.ts';
import { createConditionalAccessStore } from './stores/conditional-access-store.ts';
import { createConnectedMachineStore } from './stores/connected-machine-store.ts';
import { createConsentStore } from './stores/consent-store.ts';
import { createContainers } from './stores/container-store.ts';
import { createCredentialStore } from './stores/credential-store.ts';
import { createDeviceCodeStore } from './stores/device-code-store.ts';
import { createDirectoryObjectReader } from './stores/directory-object-reader.ts';
import { createDirectoryRoleStore } from './stores/directory-role-store.ts';
import { createDirectoryStore } from './stores/directory-store.ts';
import { createDirectoryWriter } from './stores/directory-writer.ts';
import { createGroupStore } from './stores/group-store.ts';
import { createGuessStore } from './stores/guess-store.ts';
import { createHeartbeatStore } from './stores/heartbeat-store.ts';
import { createIdentityProviderStore } from './stores/identity-provider-store.ts';
import { createLongRunningOperationStore } from './stores/long-running-operation-store.ts';
import { createMachineStore } from './stores/machine-store.ts';
import { createManagedIdentityStore } from './stores/managed-identity-store.ts';
import { createMembershipStore } from './stores/membership-store.ts';
import { createOwnerStore } from './stores/owner-store.ts';
import { createPlaces } from './stores/place-store.ts';
import { createPrincipals } from './stores/principal-store.ts';
import { createRefreshTokenStore } from './stores/refresh-token-store.ts';
import { createResourceGroupStore } from './stores/resource-group-store.ts';
import { createRoleAssignmentStore, type RoleAssignmentStore } from './stores/role-assignment-store.ts';
import { createServiceAvailabilityStore, type ServiceAvailabilityStore } from './stores/service-availability-store.ts';
import { createServicePrincipalStore } from './stores/service-principal-store.ts';
import { createSessionStore } from './stores/session-store.ts';
import { createSignInStore } from './stores/sign-in-store.ts';
import { createSigningKeyStore } from './stores/signing-key-store.ts';
import { createSubscriptionStore, tenantOfSubscription } from './stores/subscription-store.ts';
import { createTenantStore } from './stores/tenant-store.ts';
import { createUserStore } from './stores/user-store.ts';

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
  readonly directoryObjects: DirectoryObjectReader;
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly memberships: MembershipStore;
  readonly applications: ApplicationStore;
  readonly servicePrincipals: ServicePrincipalStore;
  readonly owners: OwnerStore;
  readonly credentials: CredentialStore;
  readonly consents: ConsentStore;
  readonly directoryRoles: DirectoryRoleStore;
  readonly conditionalAccess: ConditionalAccessStore;
  readonly signIns: SignInStore;
  readonly identityProviders: IdentityProviderStore;
  readonly sessions: SessionStore;
  readonly guesses: GuessStore;
  readonly authorizationCodes: AuthorizationCodeStore;
  readonly refreshTokens: RefreshTokenStore;
  readonly deviceCodes: DeviceCodeStore;
  readonly signingKeys: SigningKeyStore;
  readonly roleAssignments: RoleAssignmentStore;
  readonly principals: Principals;
  readonly places: Places;
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
  directoryObjects: createDirectoryObjectReader(db),
  users: createUserStore(db),
  groups: createGroupStore(db),
  memberships: createMembershipStore(db),
  applications: createApplicationStore(db),
  servicePrincipals: createServicePrincipalStore(db),
  owners: createOwnerStore(db),
  credentials: createCredentialStore(db),
  consents: createConsentStore(db),
  directoryRoles: createDirectoryRoleStore(db),
  conditionalAccess: createConditionalAccessStore(db),
  signIns: createSignInStore(db),
  identityProviders: createIdentityProviderStore(db),
  sessions: createSessionStore(db),
  guesses: createGuessStore(db),
  authorizationCodes: createAuthorizationCodeStore(db),
  refreshTokens: createRefreshTokenStore(db),
  deviceCodes: createDeviceCodeStore(db),
  signingKeys: createSigningKeyStore(db),
  roleAssignments: createRoleAssignmentStore(db),
  principals: createPrincipals(db),
  places: createPlaces(db),
  authorities: createAuthorityStore(db),
  serviceAvailability: createServiceAvailabilityStore(db),
  tenantOfSubscription: (id) => tenantOfSubscription(db, id),
});
