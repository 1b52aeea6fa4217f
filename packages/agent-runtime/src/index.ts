// agent-runtime: the connected server's side with its files, sockets and timers: identity, heartbeat, local endpoints. Only the agent program imports it.

export type { Connection } from './connection/connection.ts';
export { parseConnection } from './connection/connection-file.ts';
export { parseEndpoint } from './control-plane/endpoint.ts';
export { trustedRoots } from './control-plane/trusted-roots.ts';
export { type CloudProbe, createCloudProbe } from './facts/cloud-probe.ts';
export { collectFacts, type FactsSources } from './facts/collect-facts.ts';
export type { HimdsOptions } from './himds/himds-options.ts';
export { type Himds, startHimds } from './himds/start-himds.ts';
export { AlreadyRunning, claimSocket, type Release } from './local-api/claim-socket.ts';
export { createLocalApiClient, type LocalApiClient, LocalApiError } from './local-api/client.ts';
export {
  type AgentState,
  type AgentStatus,
  type ConnectTarget,
  type LocalApiFailure,
  localApiCalls,
  type PreparedIdentity,
} from './local-api/messages.ts';
export { localApiSocketPath } from './local-api/socket-path.ts';
export type { StateReading } from './local-state/state-file.ts';
export { makeStateFolders } from './local-state/state-folders.ts';
export { type StatePaths, statePaths } from './local-state/state-paths.ts';
export { createStateStore, type StateStore } from './local-state/state-store.ts';
export { createLog, type LineSink, type Log } from './log/log.ts';
export { type LogFile, openLogFile } from './log/log-file.ts';
export { logfmtLine } from './log/logfmt.ts';
