import { createServerClock } from '../control-plane/server-clock.ts';
import { createFactsKeeper } from '../heartbeat/facts-keeper.ts';
import type { AgentStatus } from '../local-api/messages.ts';
import type { StatePaths } from '../local-state/state-paths.ts';
import { createStateStore } from '../local-state/state-store.ts';
import { type Challenges, createChallenges } from '../metadata-endpoint/challenges.ts';
import { createMetadataEndpoint, type MetadataEndpoint } from '../metadata-endpoint/metadata-endpoint.ts';
import type { TokenSource } from '../metadata-endpoint/token-route.ts';
import type { HimdsServices } from '../session/session-parts.ts';
import { createAgentMemory } from './agent-memory.ts';
import { defaultFactsEveryMs, type HimdsOptions } from './himds-options.ts';
import { createMachineIdentity, type MachineIdentity } from './machine-identity.ts';
import { renderStatus } from './render-status.ts';

/** The daemon's parts, put together and not yet started. */
export interface HimdsParts {
  readonly services: HimdsServices;
  readonly identity: MachineIdentity;
  readonly challenges: Challenges;
  readonly endpoint: MetadataEndpoint;
  readonly status: () => AgentStatus;
}

export const createHimdsParts = (options: HimdsOptions, paths: StatePaths): HimdsParts => {
  const { clock, random, log, metadataPort: port } = options;
  const services = createServices(options, paths);
  const identity = createMachineIdentity(services);
  const challenges = createChallenges({ folder: paths.tokensFolder, clock, random });
  const status = (): AgentStatus => renderStatus(services, endpoint.state());
  const source = { status, challenges, tokenSource: () => tokenSource(services, identity) };
  const endpoint = createMetadataEndpoint({ port, clock, log, source });
  return { services, identity, challenges, endpoint, status };
};

const createServices = (options: HimdsOptions, paths: StatePaths): HimdsServices => {
  const { clock, random, log, agentVersion, copy } = options;
  const memory = createAgentMemory(clock);
  const onUnreadable = (message: string): void => memory.failures.report('state', { code: 'StateUnreadable', message });
  const everyMs = options.factsEveryMs ?? defaultFactsEveryMs;
  return {
    clock,
    random,
    log,
    agentVersion,
    copy,
    memory,
    store: createStateStore(paths, { clock, log, onUnreadable }),
    facts: createFactsKeeper({ clock, log, collect: options.collectFacts, everyMs }),
    serverClock: createServerClock(clock),
  };
};

const tokenSource = ({ memory, serverClock }: HimdsServices, identity: MachineIdentity): TokenSource | null => {
  const tokens = identity.session()?.tokens;
  const clientId = memory.connection?.clientId;
  return tokens === undefined || clientId === undefined ? null : { tokens, clientId, serverClock };
};
