import { acknowledged, type ControlPlaneFailure, intervalMs, withNextBeat } from '@holdfast/agent-core';
import type { Heartbeat, HeartbeatAnswer } from '@holdfast/contracts';
import { newUuid, type Result } from '@holdfast/kernel';
import type { SessionParts } from '../session/session-parts.ts';
import type { KnownFacts } from './facts-keeper.ts';
import { firstHeartbeatRecord, type HeartbeatRecord } from './heartbeat-record.ts';

export interface SentBeat {
  readonly facts: KnownFacts;
  readonly withFacts: boolean;
  readonly result: Result<HeartbeatAnswer, ControlPlaneFailure>;
}

/**
 * Sends the pending beat, or a new one that is stored first. The facts go with it unless the control plane holds
 * them, or has refused exactly these (`refusedFacts`, a digest).
 */
export const sendBeat = async (parts: SessionParts, refusedFacts: string | null): Promise<SentBeat> => {
  const facts = await parts.facts.upToDate();
  const held = parts.memory.heartbeat ?? firstHeartbeatRecord(parts.key.keyId);
  const begun = { ...held, ...withNextBeat(held, newUuid(parts.random)) };
  if (held.pending === null) keep(parts, begun);
  const withFacts = facts.facts !== undefined && facts.digest !== held.knownFacts && facts.digest !== refusedFacts;
  const beat: Heartbeat = {
    counter: begun.pending.counter,
    beatId: begun.pending.beatId,
    copy: parts.copy,
    agentVersion: parts.agentVersion,
    factsDigest: facts.digest,
    ...(withFacts ? { facts: facts.facts } : {}),
  };
  return { facts, withFacts, result: await parts.controlPlane.heartbeat(beat) };
};

/** Takes note of an accepted beat. */
export const acceptBeat = (parts: SessionParts, sent: SentBeat, answer: HeartbeatAnswer): void => {
  const held = parts.memory.heartbeat ?? firstHeartbeatRecord(parts.key.keyId);
  keep(parts, {
    ...held,
    ...acknowledged(held, answer.counter),
    lastAccepted: parts.clock.now(),
    intervalMs: intervalMs(answer.nextHeartbeatSeconds),
    knownFacts: answer.factsWanted ? null : sent.facts.digest,
  });
};

/** A full disk must not silence a healthy machine: the beat goes on from memory, and only a crash then costs the record. */
const keep = (parts: SessionParts, record: HeartbeatRecord): void => {
  parts.memory.heartbeat = record;
  try {
    parts.store.saveHeartbeat(record);
  } catch (error) {
    parts.log.error('the heartbeat record could not be stored', { error: String(error) });
  }
};
