import { behaviourOf, type ControlPlaneFailure } from '@holdfast/agent-core';
import type { CertificateAnswer, Heartbeat, HeartbeatAnswer, MachineTokenAnswer } from '@holdfast/contracts';
import { type Clock, err, ok, type Result } from '@holdfast/kernel';
import type { IdentityKey } from '../identity/identity-key.ts';
import { parseCertificateAnswer, parseHeartbeatAnswer, parseTokenAnswer } from './answers.ts';
import { notTheControlPlane, refusalOf, unreachable } from './failure-of.ts';
import type { ServerClock } from './server-clock.ts';
import { serverTimeOf } from './server-time-of.ts';
import { signedHeaders } from './signed-headers.ts';
import { createTransport, type Incoming } from './transport.ts';

export type Reply<T> = Promise<Result<T, ControlPlaneFailure>>;

/** What a machine asks of its control plane. No call rejects, each ends within about a minute, and each may be repeated. */
export interface ControlPlane {
  issueCertificate(): Reply<CertificateAnswer>;
  heartbeat(beat: Heartbeat): Reply<HeartbeatAnswer>;
  issueToken(resource: string): Reply<MachineTokenAnswer>;
  close(): void;
}

export interface ControlPlaneOptions {
  readonly endpoint: string;
  readonly caPem: string | null;
  readonly key: IdentityKey;
  readonly clock: Clock;
  readonly serverClock: ServerClock;
}

export const createControlPlane = (options: ControlPlaneOptions): ControlPlane => {
  const transport = createTransport(options.clock, options.endpoint, options.caPem);
  const exchange = async (path: string, body: string): Promise<Incoming> => {
    const sentAt = options.clock.now();
    const headers = signedHeaders(options.key, { method: 'POST', path, body, now: options.serverClock.now() });
    const answer = await transport.send({ method: 'POST', path, headers, body });
    const serverTime = serverTimeOf(answer);
    if (serverTime !== null) options.serverClock.learn({ serverTime, sentAt, receivedAt: options.clock.now() });
    return answer;
  };
  const call = async <T>(path: string, body: unknown, parse: (raw: unknown) => T): Reply<T> => {
    const text = JSON.stringify(body);
    const attempt = () =>
      exchange(path, text).then(
        (answer) => read(options, answer, parse),
        (error) => err(unreachable(options.endpoint, error)),
      );
    const first = await attempt();
    // The refusal has told the control plane's time, so the second signature carries it.
    return !first.ok && behaviourOf(first.error).do === 'correct-clock' ? attempt() : first;
  };
  return {
    issueCertificate: () => call('/agent/v1/certificate', {}, parseCertificateAnswer),
    heartbeat: (beat) => call('/agent/v1/heartbeat', beat, parseHeartbeatAnswer),
    issueToken: (resource) => call('/agent/v1/token', { resource }, parseTokenAnswer),
    close: transport.close,
  };
};

const read = <T>(
  options: ControlPlaneOptions,
  answer: Incoming,
  parse: (raw: unknown) => T,
): Result<T, ControlPlaneFailure> => {
  if (answer.status < 200 || answer.status >= 300)
    return err(refusalOf(options.endpoint, answer, options.serverClock.now()));
  try {
    return ok(parse(JSON.parse(answer.text)));
  } catch {
    return err(notTheControlPlane(options.endpoint, answer));
  }
};
