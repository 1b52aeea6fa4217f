// provider-hybrid-compute: Microsoft.HybridCompute, the machines and what their agents ask. It owns its ports; compose.ts plugs them.
export type {
  Beat,
  BeatOutcome,
  ConnectedMachineStore,
  HeartbeatStore,
  IssuedCertificate,
  KeyHolder,
} from './agent/connected-machine-store.ts';
export { createHeartbeatBatch, type HeartbeatBatch } from './agent/heartbeat-batch.ts';
export type { MachineAuthority, MachineCertificateRequest } from './agent/issue-certificate.ts';
export type { MachineTokenRequest, MachineTokens } from './agent/issue-token.ts';
export { type HybridComputeDependencies, hybridComputeHandlers } from './handlers.ts';
export { parseIdentityKey } from './machine/identity-key.ts';
export type {
  CloneSuspicion,
  CopyDescription,
  IdentityKey,
  Liveness,
  Machine,
  MachineSettings,
  OsConfiguration,
  SystemData,
  SystemIdentity,
} from './machine/machine.ts';
export {
  identityExpiry,
  type MachineStatus,
  type ServicePeriod,
  type StatusPolicy,
  statusOf,
} from './machine/machine-status.ts';
export type {
  Containers,
  LongRunningOperations,
  MachineKeyPair,
  MachineQuery,
  MachineStore,
  ManagedIdentities,
  OperationOwner,
  VisibleMachines,
} from './machine/machine-store.ts';
