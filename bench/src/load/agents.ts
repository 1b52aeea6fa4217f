import { createHash, randomUUID } from 'node:crypto';
import type { Heartbeat } from '@holdfast/contracts';
import { type LoadResult, runClosedLoop, type Window } from './closed-loop.ts';
import { type ConnectPlace, connectMachine } from './connect-machine.ts';
import type { Connection, Server } from './connection.ts';
import { factsOf } from './machine-facts.ts';
import { type MachineIdentity, newIdentity, signedRequest } from './machine-identity.ts';

export interface ConnectInput {
  readonly server: Server;
  readonly place: ConnectPlace;
  readonly names: readonly string[];
  /** How many connect at the same time. */
  readonly concurrency: number;
}

export interface ConnectOutput {
  /** Milliseconds of each whole connect. */
  readonly latencies: Float64Array;
}

export interface PrepareInput {
  readonly origin: string;
  readonly beatsOfEach: number;
}

export interface BeatsInput {
  readonly origin: string;
  readonly window: Window;
}

interface Agent {
  readonly identity: MachineIdentity;
  readonly factsDigest: string;
  /** Of the beat signed last. */
  counter: number;
  /** How many beats were answered 200. */
  acknowledged: number;
  /** Signed beats to send, the next one last. */
  prepared: Buffer[];
}

const path = '/agent/v1/heartbeat';

/** Machines that this process plays. */
export const createAgents = () => {
  const agents: Agent[] = [];
  return {
    connect: async (input: ConnectInput): Promise<ConnectOutput> => {
      const identities = input.names.map(newIdentity);
      const latencies: number[] = [];
      const drive = async (): Promise<void> => {
        for (let identity = identities.pop(); identity !== undefined; identity = identities.pop()) {
          const begun = performance.now();
          agents.push(await connectAgent(input, identity));
          latencies.push(performance.now() - begun);
        }
      };
      await Promise.all(Array.from({ length: input.concurrency }, drive));
      return { latencies: Float64Array.from(latencies) };
    },
    /** Signs beats ahead: what a beat says is known before it is due. Resolves to how many. */
    prepare: async ({ origin, beatsOfEach }: PrepareInput): Promise<number> => {
      for (const agent of agents) {
        const beats = Array.from({ length: beatsOfEach }, () => nextBeat(origin, agent));
        agent.prepared = beats.reverse();
      }
      return agents.length * beatsOfEach;
    },
    beat: (connections: readonly Connection[], input: BeatsInput): Promise<LoadResult> =>
      beat(agents, connections, input),
    /** By VM id, the counter that the control plane acknowledged last. */
    acknowledged: (): Readonly<Record<string, number>> =>
      Object.fromEntries(agents.map(({ identity, acknowledged }) => [identity.vmId, acknowledged])),
  };
};

const connectAgent = async ({ server, place }: ConnectInput, identity: MachineIdentity): Promise<Agent> => {
  const facts = factsOf(identity.name);
  const factsDigest = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  const agent: Agent = { identity, factsDigest, counter: 1, acknowledged: 1, prepared: [] };
  await connectMachine(server, place, { identity, firstBeat: { ...beatOf(agent), facts } });
  return agent;
};

const beatOf = ({ identity, counter, factsDigest }: Agent): Heartbeat => ({
  counter,
  beatId: randomUUID(),
  copy: { hostName: identity.name, bootId: identity.vmId },
  agentVersion: '0.1.0',
  factsDigest,
});

const nextBeat = (origin: string, agent: Agent): Buffer => {
  agent.counter += 1;
  return signedRequest(origin, agent.identity, { path, body: JSON.stringify(beatOf(agent)) });
};

/** Each connection serves machines of its own in turn, so that a machine's beats arrive one after the other. */
const beat = (agents: readonly Agent[], connections: readonly Connection[], { window }: BeatsInput) => {
  const turns = connections.map((_, at) => {
    const own = agents.filter((_agent, place) => place % connections.length === at);
    return { own, place: 0 };
  });
  const current = (at: number): Agent | undefined => {
    const turn = turns[at];
    return turn?.own[turn.place % turn.own.length];
  };
  return runClosedLoop({
    connections,
    window,
    next: (at) => current(at)?.prepared.pop(),
    onAnswer: (at) => {
      const agent = current(at);
      const turn = turns[at];
      if (agent === undefined || turn === undefined) return;
      agent.acknowledged += 1;
      turn.place += 1;
    },
  });
};
