import { createControlPlane } from '../control-plane/control-plane.ts';
import type { IdentityKey } from '../identity/identity-key.ts';
import type { ConnectTarget, PreparedIdentity } from '../local-api/messages.ts';
import { Refusal } from '../local-api/refusal.ts';
import { type Session, startSession } from '../session/session.ts';
import type { HimdsServices, SessionParts } from '../session/session-parts.ts';
import { forgetIdentity } from './agent-memory.ts';
import { alreadyConnected } from './already-connected.ts';
import { confirmIdentity } from './confirm-identity.ts';
import { prepareIdentity } from './prepare-identity.ts';

/** The machine's identity and its life: prepared, connected, forgotten. The caller makes one change at a time. */
export interface MachineIdentity {
  /** The loops of the connection; null while there is none. */
  session(): Session | null;
  prepare(target: ConnectTarget): PreparedIdentity;
  /** Resolves after the first heartbeat, accepted or not: connected is who has a certificate. */
  complete(resourceId: string): Promise<void>;
  disconnect(): Promise<void>;
  /** Takes up the connection that was loaded, if there is one. */
  resume(): void;
  /** Ends the loops for good and leaves the state as it is. */
  stop(): Promise<void>;
}

export const createMachineIdentity = (services: HimdsServices): MachineIdentity => {
  const { memory, store, log } = services;
  let session: Session | null = null;
  let confirming: SessionParts | null = null;
  let stopped = false;
  const endSession = async (): Promise<void> => {
    await session?.stop();
    session = null;
  };

  const complete = async (resourceId: string): Promise<void> => {
    if (memory.connection !== null) return refuseAnother(memory.connection, resourceId);
    const { pending, key } = memory;
    if (pending === null || key === null) throw notPrepared();
    confirming = partsFor(services, { key, target: pending.target });
    try {
      await confirmIdentity(confirming, pending, resourceId);
      if (!stopped) session = startSession(confirming);
    } finally {
      if (session === null) confirming.controlPlane.close();
      confirming = null;
    }
    await session?.firstBeat;
  };

  return {
    session: () => session,
    prepare: (target) => prepareIdentity(services, target),
    complete,
    disconnect: async () => {
      await endSession();
      store.removeIdentity();
      forgetIdentity(memory);
      log.info('disconnected: the identity of this machine is removed');
    },
    resume: () => {
      if (memory.connection === null) return;
      if (memory.key === null) return memory.failures.report('state', keyMissing);
      session = startSession(partsFor(services, { key: memory.key, target: memory.connection.target }));
    },
    stop: async () => {
      stopped = true;
      confirming?.controlPlane.close();
      await endSession();
    },
  };
};

const partsFor = (services: HimdsServices, at: { key: IdentityKey; target: ConnectTarget }): SessionParts => {
  const { clock, serverClock } = services;
  const { endpoint, caPem } = at.target;
  const controlPlane = createControlPlane({ endpoint, caPem, key: at.key, clock, serverClock });
  return { ...services, key: at.key, controlPlane };
};

/** A repeated complete of the same resource is a success that needs nothing more. */
const refuseAnother = (connection: Parameters<typeof alreadyConnected>[0], resourceId: string): void => {
  if (connection.resourceId.toLowerCase() !== resourceId.toLowerCase()) throw alreadyConnected(connection);
};

const notPrepared = (): Refusal =>
  new Refusal(409, { code: 'NotPrepared', message: 'No identity is prepared. Run azcmagent connect again.' });

const keyMissing = {
  code: 'IdentityKeyMissing',
  message:
    'The identity key of this machine is missing or unreadable. Run azcmagent disconnect --force-local-only and connect again.',
};
