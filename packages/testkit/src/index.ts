// testkit: what tests need and production code must never see: a clock and chance under control, a database of one's own, valid
// values and certificates, whether a foreign program is here, and the rules of every store as tests that any implementation
// can run.

export { applicationContract } from './contracts/application-contract.ts';
export { authorityContract } from './contracts/authority-contract.ts';
export { authorizationCodeContract } from './contracts/authorization-code-contract.ts';
export { conditionalAccessContract } from './contracts/conditional-access-contract.ts';
export { connectedMachineContract } from './contracts/connected-machine-contract.ts';
export { consentContract } from './contracts/consent-contract.ts';
export { containerContract } from './contracts/container-contract.ts';
export { credentialContract } from './contracts/credential-contract.ts';
export { deviceCodeContract } from './contracts/device-code-contract.ts';
export { directoryContract } from './contracts/directory-contract.ts';
export { directoryDeletionContract } from './contracts/directory-deletion-contract.ts';
export { directoryRoleContract } from './contracts/directory-role-contract.ts';
export { groupContract } from './contracts/group-contract.ts';
export { guessContract } from './contracts/guess-contract.ts';
export { heartbeatContract } from './contracts/heartbeat-contract.ts';
export { identityProviderContract } from './contracts/identity-provider-contract.ts';
export { longRunningOperationContract } from './contracts/long-running-operation-contract.ts';
export { machineContract } from './contracts/machine-contract.ts';
export { machineListContract } from './contracts/machine-list-contract.ts';
export { membershipContract } from './contracts/membership-contract.ts';
export { ownerContract } from './contracts/owner-contract.ts';
export { placeContract } from './contracts/place-contract.ts';
export { refreshTokenContract } from './contracts/refresh-token-contract.ts';
export { resourceGroupContract } from './contracts/resource-group-contract.ts';
export { roleAssignmentContract } from './contracts/role-assignment-contract.ts';
export { serviceAvailabilityContract } from './contracts/service-availability-contract.ts';
export { servicePrincipalContract } from './contracts/service-principal-contract.ts';
export { sessionContract } from './contracts/session-contract.ts';
export { signInContract } from './contracts/sign-in-contract.ts';
export { signingKeyContract } from './contracts/signing-key-contract.ts';
export { standingContract } from './contracts/standing-contract.ts';
export { subscriptionContract } from './contracts/subscription-contract.ts';
export { userContract } from './contracts/user-contract.ts';
export { userDeletionContract } from './contracts/user-deletion-contract.ts';
export { userListContract } from './contracts/user-list-contract.ts';
export { conditionsForAll, createDirectoryFixtures, type DirectoryFixtures } from './directory-fixtures.ts';
export { createFakeSignInState, type FakeSignInState } from './fakes/fake-sign-in-state.ts';
export { createFixtures, type Fixtures, fixtureFacts, fixtureTime, machineIdIn } from './fixtures.ts';
export { createManualClock, type ManualClock } from './manual-clock.ts';
export { seededRandom } from './seeded-random.ts';
export { makeSelfSigned, type SelfSigned, type SelfSignedWish } from './self-signed.ts';
export { createSignInFixtures, type SignInFixtures } from './sign-in-fixtures.ts';
export { systemCommand } from './system-command.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
export type { TestServer } from './test-server.ts';
export {
  putIdentity,
  putMachine,
  putTenant,
  putUser,
  putWorld,
  type Some,
  type TenantMaker,
  type World,
} from './world.ts';
