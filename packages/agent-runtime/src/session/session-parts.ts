import type { Heartbeat } from '@holdfast/contracts';
import type { Clock, Random } from '@holdfast/kernel';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { ServerClock } from '../control-plane/server-clock.ts';
import type { FactsKeeper } from '../heartbeat/facts-keeper.ts';
import type { AgentMemory } from '../himds/agent-memory.ts';
import type { IdentityKey } from '../identity/identity-key.ts';
import type { StateStore } from '../local-state/state-store.ts';
import type { Log } from '../log/log.ts';

/** What outlives a connection. */
export interface HimdsServices {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly memory: AgentMemory;
  readonly store: StateStore;
  readonly facts: FactsKeeper;
  readonly serverClock: ServerClock;
  readonly agentVersion: string;
  readonly copy: Heartbeat['copy'];
}

/** What the loops of one connection work with. */
export interface SessionParts extends HimdsServices {
  readonly key: IdentityKey;
  readonly controlPlane: ControlPlane;
}
