import { runHeartbeats } from '../heartbeat/heartbeat-loop.ts';
import { runRenewals } from '../renewal/renewal-loop.ts';
import { createMachineTokens, type MachineTokens } from './machine-tokens.ts';
import type { SessionParts } from './session-parts.ts';

/** A connected machine's loops, its tokens and its line to the control plane. */
export interface Session {
  readonly tokens: MachineTokens;
  /** Resolves after the first beat, accepted or not. */
  readonly firstBeat: Promise<void>;
  /** Ends the loops; after it nothing of this connection is sent or written. */
  stop(): Promise<void>;
}

export const startSession = (parts: SessionParts): Session => {
  const stopping = new AbortController();
  const beaten = Promise.withResolvers<void>();
  const loops = Promise.all([
    runHeartbeats(parts, stopping.signal, beaten.resolve),
    runRenewals(parts, stopping.signal),
  ]);
  const stop = async (): Promise<void> => {
    stopping.abort();
    parts.controlPlane.close();
    await loops;
  };
  return { tokens: createMachineTokens(parts.controlPlane, parts.serverClock), firstBeat: beaten.promise, stop };
};
