import type { ControlPlaneFailure } from '@holdfast/agent-core';
import type { Clock } from '@holdfast/kernel';
import type { Connection } from '../connection/connection.ts';
import type { PendingConnect } from '../connection/pending-connect.ts';
import type { HeartbeatRecord } from '../heartbeat/heartbeat-record.ts';
import type { IdentityCertificate } from '../identity/identity-certificate.ts';
import type { IdentityKey } from '../identity/identity-key.ts';
import type { AgentStatus } from '../local-api/messages.ts';

/** What can fail on its own; the status shows the first that does, in this order. */
const sources = ['state', 'heartbeat', 'certificate'] as const;
export type FailureSource = (typeof sources)[number];

/**
 * What himds knows while it runs. A machine has neither record (not connected), a pending one (connecting), or a
 * connection; only connect, disconnect and the loops of the session change it.
 */
export interface AgentMemory {
  key: IdentityKey | null;
  pending: PendingConnect | null;
  connection: Connection | null;
  certificate: IdentityCertificate | null;
  heartbeat: HeartbeatRecord | null;
  nextHeartbeat: Date | null;
  cloneSuspectedSince: string | null;
  /** The control plane's last word was that the certificate has run out. */
  expired: boolean;
  readonly failures: FailureBoard;
}

export interface FailureBoard {
  report(source: FailureSource, failure: Pick<ControlPlaneFailure, 'code' | 'message'>): void;
  clear(source: FailureSource): void;
  clearAll(): void;
  first(): AgentStatus['error'];
}

export const createAgentMemory = (clock: Clock): AgentMemory => ({
  ...nothingKnown(),
  failures: createFailureBoard(clock),
});

/** Forgets the machine's identity and everything learnt with it. */
export const forgetIdentity = (memory: AgentMemory): void => {
  Object.assign(memory, nothingKnown());
  memory.failures.clearAll();
};

const nothingKnown = (): Omit<AgentMemory, 'failures'> => ({
  key: null,
  pending: null,
  connection: null,
  certificate: null,
  heartbeat: null,
  nextHeartbeat: null,
  cloneSuspectedSince: null,
  expired: false,
});

const createFailureBoard = (clock: Clock): FailureBoard => {
  const held = new Map<FailureSource, NonNullable<AgentStatus['error']>>();
  return {
    report: (source, { code, message }) => held.set(source, { code, message, at: clock.now().toISOString() }),
    clear: (source) => held.delete(source),
    clearAll: () => held.clear(),
    first: () => sources.map((source) => held.get(source)).find((failure) => failure !== undefined) ?? null,
  };
};
