// testkit: what tests need and production code must never see: a clock and chance under control, a database of one's own, valid
// values and certificates, whether a foreign program is here, and the rules of every store as tests that any implementation
// can run.
export { authorityContract } from './contracts/authority-contract.ts';
export { connectedMachineContract } from './contracts/connected-machine-contract.ts';
export { containerContract } from './contracts/container-contract.ts';
export { directoryContract } from './contracts/directory-contract.ts';
export { heartbeatContract } from './contracts/heartbeat-contract.ts';
export { longRunningOperationContract } from './contracts/long-running-operation-contract.ts';
export { machineContract } from './contracts/machine-contract.ts';
export { machineListContract } from './contracts/machine-list-contract.ts';
export { placeContract } from './contracts/place-contract.ts';
export { resourceGroupContract } from './contracts/resource-group-contract.ts';
export { roleAssignmentContract } from './contracts/role-assignment-contract.ts';
export { serviceAvailabilityContract } from './contracts/service-availability-contract.ts';
export { signingKeyContract } from './contracts/signing-key-contract.ts';
export { subscriptionContract } from './contracts/subscription-contract.ts';
export { createFixtures, type Fixtures, fixtureFacts, fixtureTime, machineIdIn } from './fixtures.ts';
export { createManualClock, type ManualClock } from './manual-clock.ts';
export { seededRandom } from './seeded-random.ts';
export { makeSelfSigned, type SelfSigned, type SelfSignedWish } from './self-signed.ts';
export { systemCommand } from './system-command.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
export type { TestServer } from './test-server.ts';
export { putIdentity, putMachine, putWorld, type Some, type World } from './world.ts';
