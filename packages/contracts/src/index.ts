// contracts: every wire schema and operation descriptor, for the control plane and its clients. Pure: kernel, arm and typebox only.

export { type MachineFacts, machineFacts } from './agent-protocol/machine-facts.ts';
export {
  agentOperations,
  type CertificateAnswer,
  type ConnectedMachine,
  type Heartbeat,
  type HeartbeatAnswer,
  type MachineTokenAnswer,
} from './agent-protocol/machine-operations.ts';
export {
  contentDigest,
  parseSignature,
  type SignedParts,
  signatureBase,
  signatureHeader,
  signatureInput,
  signatureWindowSeconds,
} from './agent-protocol/signature.ts';
export { agentProtocolVersions, currentAgentProtocol, protocolHeader } from './agent-protocol/versions.ts';
export { machineOperations } from './arm/machines.ts';
export { metadataOperations } from './arm/metadata.ts';
export { resourceGroupOperations } from './arm/resource-groups.ts';
export { roleOperations, scopedRoleOperations } from './arm/role-operations.ts';
export {
  handlersAt,
  type ScopedHandler,
  type ScopedHandlers,
  type ScopedRequest,
  type ScopeKind,
  type ScopeParameters,
} from './arm/role-scopes.ts';
export { subscriptionOperations } from './arm/subscriptions.ts';
export type { ApplicationPatch } from './graph/applications.ts';
export type { GrantControlsBody, PolicyConditionsBody } from './graph/conditional-access.ts';
export { graphOperations } from './graph/graph-operations.ts';
export { type DirectoryPermission, directoryPermissions } from './graph/permissions.ts';
export type { UserPatch } from './graph/users.ts';
export {
  type Access,
  type Answer,
  type BodyOf,
  type DirectoryContext,
  type Handler,
  type HandlersOf,
  type MachineCaller,
  type Operation,
  type OperationRequest,
  type OwnedKind,
  operation,
  type ParametersOf,
  type Principal,
  type RequestContext,
  type Visibility,
} from './operation.ts';
