import { type Clock, minutes, seconds } from '@holdfast/kernel';
import type { HttpAnswer, HttpClient } from './http.ts';
import { type RetryPolicy, sendWithRetry } from './send-with-retry.ts';
import { listOf, memberOf, textOf } from './wire.ts';

/** The resource manager's refusal, with its own words. */
export class ArmFailure extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ArmFailure';
    this.status = status;
    this.code = code;
  }
}

export interface Subscription {
  readonly id: string;
  readonly displayName: string;
}

export interface MachineResource {
  readonly id: string;
  readonly vmId: string;
}

export interface MachineBody {
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly vmId: string;
  readonly clientPublicKey: string;
}

/** Paths are resource ids. Every call rejects with an {@link ArmFailure}, or the system's error when there is no answer. */
export interface ArmClient {
  listSubscriptions(): Promise<readonly Subscription[]>;
  hasGroup(path: string): Promise<boolean>;
  putGroup(path: string, location: string): Promise<void>;
  findMachine(path: string): Promise<MachineResource | undefined>;
  putMachine(path: string, body: MachineBody): Promise<MachineResource>;
  /** Resolves when the machine is gone, whoever deleted it. */
  deleteMachine(path: string): Promise<void>;
}

export interface ArmSettings {
  readonly http: HttpClient;
  readonly origin: string;
  readonly token: string;
  readonly correlationId: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onRetry: RetryPolicy['onRetry'];
}

const versions = { subscriptions: '2022-12-01', groups: '2021-04-01', machines: '2025-01-13' };
/** A restart of the control plane, or of its database, passes unnoticed within this time. */
const budgetMs = minutes(2);

export const createArmClient = (settings: ArmSettings): ArmClient => {
  const send = sender(settings);
  const versioned = (path: string, version: string) => `${settings.origin}${path}?api-version=${version}`;
  const machine = (path: string) => versioned(path, versions.machines);
  const group = (path: string) => versioned(path, versions.groups);
  return {
    listSubscriptions: async () => {
      const subscriptions: Subscription[] = [];
      let next: string | undefined = versioned('/subscriptions', versions.subscriptions);
      while (next !== undefined) {
        const answer: HttpAnswer = await send('GET', ownUrl(next, settings.origin));
        subscriptions.push(...listOf(answer.json, 'value').map(subscriptionOf));
        next = textOf(answer.json, 'nextLink');
      }
      return subscriptions;
    },
    hasGroup: async (path) => (await absentAs404(send('GET', group(path)))) !== undefined,
    putGroup: async (path, location) => {
      await send('PUT', group(path), { location });
    },
    findMachine: async (path) => {
      const answer = await absentAs404(send('GET', machine(path)));
      return answer === undefined ? undefined : machineOf(answer);
    },
    putMachine: async (path, { location, tags, vmId, clientPublicKey }) =>
      machineOf(
        await send('PUT', machine(path), {
          location,
          tags,
          identity: { type: 'SystemAssigned' },
          properties: { vmId, clientPublicKey },
        }),
      ),
    deleteMachine: async (path) => {
      const answer = await absentAs404(send('DELETE', machine(path)));
      if (answer?.status === 202) await untilGone(answer, send, settings);
    },
  };
};

type Send = (method: string, url: string, body?: unknown) => Promise<HttpAnswer>;

const sender =
  ({ http, token, correlationId, clock, signal, onRetry }: ArmSettings): Send =>
  async (method, url, body) => {
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'x-ms-correlation-request-id': correlationId,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const call = { method, url, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await sendWithRetry(http, () => call, { clock, signal, budgetMs, onRetry });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw failureOf(answer);
  };

const failureOf = (answer: HttpAnswer): ArmFailure => {
  const error = memberOf(answer.json, 'error');
  const code = textOf(error, 'code') ?? `HTTP ${answer.status}`;
  return new ArmFailure(answer.status, code, textOf(error, 'message') ?? `the answer was HTTP ${answer.status}`);
};

const absentAs404 = (call: Promise<HttpAnswer>): Promise<HttpAnswer | undefined> =>
  call.catch((error: unknown) => {
    if (error instanceof ArmFailure && error.status === 404 && error.code !== 'SubscriptionNotFound') return undefined;
    throw error;
  });

/** Polls a deletion's Location until it is no longer 202. The operation ends by itself; this only watches. */
const untilGone = async (started: HttpAnswer, send: Send, settings: ArmSettings): Promise<void> => {
  let answer: HttpAnswer | undefined = started;
  while (answer?.status === 202 && !settings.signal.aborted) {
    const { location } = answer.headers;
    if (location === undefined) return;
    const asked = Number(answer.headers['retry-after']);
    await settings.clock.sleep(seconds(asked > 0 ? Math.min(asked, 60) : 1), settings.signal);
    answer = await absentAs404(send('GET', ownUrl(location, settings.origin)));
  }
};

/** The token goes to the resource manager alone, wherever its answers point. */
const ownUrl = (url: string, origin: string): string => {
  if (URL.parse(url)?.origin === origin) return url;
  throw new ArmFailure(0, 'ForeignLink', 'the resource manager points to an address that is not its own');
};

const subscriptionOf = (value: unknown): Subscription => ({
  id: textOf(value, 'subscriptionId') ?? '',
  displayName: textOf(value, 'displayName') ?? '',
});

const machineOf = (answer: HttpAnswer): MachineResource => {
  const id = textOf(answer.json, 'id');
  if (id === undefined) throw new ArmFailure(answer.status, 'UnreadableAnswer', 'the answer is no machine resource');
  return { id, vmId: textOf(memberOf(answer.json, 'properties'), 'vmId') ?? '' };
};
