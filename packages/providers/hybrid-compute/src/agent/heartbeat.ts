import { armError } from '@holdfast/arm';
import type { agentOperations, Handler, HeartbeatAnswer } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import { connectedMachineToWire } from './connected-machine-wire.ts';
import type { HeartbeatBatch } from './heartbeat-batch.ts';

/** A sign of life, answered after it is durable. Conflicting copies are told so and carry on. */
export const heartbeat =
  (dependencies: {
    heartbeats: HeartbeatBatch;
    heartbeatSeconds: number;
  }): Handler<typeof agentOperations.Agent_Heartbeat> =>
  async ({ context, body }) => {
    const { counter, copy, agentVersion, factsDigest, facts } = body;
    const outcome = await dependencies.heartbeats.record({
      machineId: context.caller.machineId,
      counter,
      beatId: body.beatId.toLowerCase() as Uuid,
      at: context.now,
      agentVersion,
      copy,
      factsDigest,
      facts,
    });
    if (outcome === undefined) throw armError('MachineUnknown', {});
    const answer: HeartbeatAnswer = {
      counter: outcome.counter,
      factsWanted: outcome.factsDigest !== factsDigest,
      cloneSuspectedSince: outcome.cloneSuspectedSince?.toISOString() ?? null,
      nextHeartbeatSeconds: dependencies.heartbeatSeconds,
      serverTime: context.now.toISOString(),
      machine: connectedMachineToWire(outcome.machine),
    };
    return { status: 200, body: answer };
  };
