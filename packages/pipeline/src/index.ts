// pipeline: the way of every ARM and agent request from HTTP to a handler and back. Only apps import it.
export { armAudiences, directoryAudiences } from './authentication/audiences.ts';
export { type BearerVerifier, createBearerVerifier } from './authentication/bearer-verifier.ts';
export { bodyLimit, createHttpHost, hostOperations, type TlsMaterial } from './http-host.ts';
export { createRequestMetrics, type RequestMetrics } from './metrics.ts';
export type {
  AccessReader,
  DirectoryAccess,
  DirectoryActions,
  HandlerSource,
  HandlerTable,
  MachineKey,
  MachineKeys,
  OwnershipQuestion,
  PipelineDependencies,
  PrincipalStanding,
  Standing,
  TenantFinder,
  TokenKeys,
} from './ports.ts';
