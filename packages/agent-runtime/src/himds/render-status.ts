import { connectionHealth, defaultIntervalMs } from '@holdfast/agent-core';
import type { AgentState, AgentStatus } from '../local-api/messages.ts';
import type { EndpointState } from '../metadata-endpoint/metadata-endpoint.ts';
import type { HimdsServices } from '../session/session-parts.ts';
import type { AgentMemory } from './agent-memory.ts';

export const renderStatus = (services: HimdsServices, metadataEndpoint: EndpointState): AgentStatus => {
  const { memory, clock, serverClock, facts, agentVersion } = services;
  const { connection, pending, heartbeat, certificate } = memory;
  return {
    agentVersion,
    state: stateOf(memory, clock.now()),
    target: connection?.target ?? pending?.target ?? null,
    resourceId: connection?.resourceId ?? null,
    vmId: connection?.vmId ?? pending?.vmId ?? null,
    principalId: connection?.principalId ?? null,
    location: connection?.target.location ?? null,
    lastHeartbeat: rfc3339(heartbeat?.lastAccepted),
    nextHeartbeat: rfc3339(memory.nextHeartbeat),
    certificateNotAfter: rfc3339(certificate?.notAfter),
    cloneSuspectedSince: memory.cloneSuspectedSince,
    error: memory.failures.first(),
    metadataEndpoint,
    clockSkewSeconds: serverClock.skewSeconds(),
    facts: facts.current().facts ?? null,
  };
};

const stateOf = (memory: AgentMemory, now: Date): AgentState => {
  if (memory.connection === null) return memory.pending === null ? 'NotConnected' : 'Connecting';
  const lastAccepted = memory.heartbeat?.lastAccepted ?? null;
  const intervalMs = memory.heartbeat?.intervalMs ?? defaultIntervalMs;
  return connectionHealth({ lastAccepted, intervalMs, expired: memory.expired }, now);
};

const rfc3339 = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
