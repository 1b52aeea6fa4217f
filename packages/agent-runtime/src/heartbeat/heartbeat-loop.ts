import { behaviourOf, type ControlPlaneFailure, fraction, retryDelayMs, untilNextBeatMs } from '@holdfast/agent-core';
import type { HeartbeatAnswer } from '@holdfast/contracts';
import { addMs, seconds } from '@holdfast/kernel';
import { adoptMachine } from '../session/adopt-machine.ts';
import type { SessionParts } from '../session/session-parts.ts';
import { acceptBeat, type SentBeat, sendBeat } from './send-beat.ts';

/** What one beat leaves to the next. */
interface Course {
  /** Failures in a row. */
  readonly failures: number;
  /** Digest of facts that the control plane cannot take. */
  readonly refusedFacts: string | null;
  readonly waitMs: number;
}

/** Refusals of what a request says, where less may be accepted. */
const contentRefused = new Set([400, 413, 415, 422]);

/** Beats until `signal` aborts, whatever happens; `onOutcome` is called after each beat. */
export const runHeartbeats = async (parts: SessionParts, signal: AbortSignal, onOutcome: () => void): Promise<void> => {
  let course: Course = { failures: 0, refusedFacts: null, waitMs: 0 };
  while (!signal.aborted) {
    course = await beat(parts, signal, course);
    parts.memory.nextHeartbeat = addMs(parts.clock.now(), course.waitMs);
    onOutcome();
    await parts.clock.sleep(course.waitMs, signal);
  }
};

const beat = async (parts: SessionParts, signal: AbortSignal, course: Course): Promise<Course> => {
  try {
    const sent = await sendBeat(parts, course.refusedFacts);
    if (signal.aborted) return course;
    if (sent.result.ok) return onAccepted(parts, sent, { ...course, answer: sent.result.value });
    return onFailure(parts, sent.result.error, { ...course, sentFacts: sent.withFacts ? sent.facts.digest : null });
  } catch (error) {
    parts.log.error('the heartbeat failed inside the agent', { error: String(error) });
    const failure = { kind: 'unreachable', code: 'AgentError', message: String(error) } as const;
    return onFailure(parts, failure, { ...course, sentFacts: null });
  }
};

const onAccepted = (
  parts: SessionParts,
  sent: SentBeat,
  { refusedFacts, failures, answer }: Course & { answer: HeartbeatAnswer },
): Course => {
  const { memory, log } = parts;
  acceptBeat(parts, sent, answer);
  adoptMachine(parts, answer.machine);
  if (failures > 0 || memory.expired) log.info('the control plane accepts heartbeats again');
  if (answer.cloneSuspectedSince !== null && memory.cloneSuspectedSince === null)
    log.warning('another copy of this machine uses the same identity', { since: answer.cloneSuspectedSince });
  memory.cloneSuspectedSince = answer.cloneSuspectedSince;
  memory.expired = false;
  memory.failures.clear('state');
  memory.failures.clear('heartbeat');
  const owed = answer.factsWanted && !sent.withFacts && sent.facts.digest !== refusedFacts;
  const interval = memory.heartbeat?.intervalMs ?? 0;
  return {
    failures: 0,
    refusedFacts,
    waitMs: owed && sent.facts.facts !== undefined ? seconds(1) : untilNextBeatMs(interval, fraction(parts.random)),
  };
};

const onFailure = (
  parts: SessionParts,
  failure: ControlPlaneFailure,
  course: Course & { sentFacts: string | null },
): Course => {
  const failures = course.failures + 1;
  const tooMuch = failure.kind === 'refused' && contentRefused.has(failure.status) && course.sentFacts !== null;
  const behaviour = tooMuch ? ({ do: 'retry' } as const) : behaviourOf(failure);
  const waitMs = retryDelayMs(behaviour, { failures, chance: fraction(parts.random) });
  if (failure.code === 'MachineExpired') parts.memory.expired = true;
  parts.memory.failures.report('heartbeat', failure);
  parts.log.warning('the heartbeat was not accepted', {
    code: failure.code,
    error: failure.message,
    failures,
    retryInSeconds: Math.round(waitMs / 1000),
  });
  return { failures, waitMs, refusedFacts: tooMuch ? course.sentFacts : course.refusedFacts };
};
