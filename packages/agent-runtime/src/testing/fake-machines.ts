import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  contentDigest,
  type Heartbeat,
  type HeartbeatAnswer,
  parseSignature,
  signatureBase,
} from '@holdfast/contracts';
import type { ConnectTarget, PreparedIdentity } from '../local-api/messages.ts';
import type { TestAuthority } from './test-authority.ts';

export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** The machines of a fake control plane, and what it answers them. */
export interface FakeMachines {
  /** Every heartbeat that was read. */
  readonly beats: Heartbeat[];
  /** What a PUT of the machine resource would leave; answers its id. */
  create(target: ConnectTarget, prepared: PreparedIdentity): string;
  answer(asked: Asked): FakeAnswer;
}

interface Machine {
  readonly key: KeyObject;
  readonly spki: string;
  readonly resource: HeartbeatAnswer['machine'];
  counter: number;
  beatId: string;
  factsDigest: string | null;
  cloneSuspectedSince: string | null;
}

export const createFakeMachines = (now: () => Date, authority: TestAuthority): FakeMachines => {
  const machines = new Map<string, Machine>();
  const beats: Heartbeat[] = [];
  const start = now();
  let tokens = 0;
  const routes: Record<string, (machine: Machine, text: string) => unknown> = {
    '/agent/v1/heartbeat': (machine, text) => {
      const beat: Heartbeat = JSON.parse(text);
      beats.push(beat);
      return acceptBeat(machine, beat, now());
    },
    '/agent/v1/certificate': (machine) => ({
      machine: machine.resource,
      certificatePem: authority.issue(machine.spki, 90 + 2 * daysSince(start, now())),
      notAfter: '',
    }),
    '/agent/v1/token': (_, text) => {
      tokens += 1;
      const notBefore = Math.floor(now().getTime() / 1000);
      const accessToken = `token-${tokens}-for-${JSON.parse(text).resource}`;
      return { accessToken, notBefore, expiresOn: notBefore + 86_400 };
    },
  };
  return {
    beats,
    create: (target, prepared) => {
      const machine = newMachine(target, prepared);
      machines.set(thumbprint(machine.key), machine);
      return machine.resource.resourceId;
    },
    answer: (asked) => {
      const signer = verified(asked, machines, now());
      if ('status' in signer) return signer;
      return { status: 200, body: routes[asked.path]?.(signer, asked.text) };
    },
  };
};

/** The authority's certificates begin at the real time: with twice the days that passed, half of the life is 45 days from now. */
const daysSince = (start: Date, now: Date): number => Math.round((now.getTime() - start.getTime()) / 86_400_000);

const newMachine = (target: ConnectTarget, prepared: PreparedIdentity): Machine => ({
  key: createPublicKey({ key: Buffer.from(prepared.clientPublicKey, 'base64'), format: 'der', type: 'spki' }),
  spki: prepared.clientPublicKey,
  resource: {
    resourceId: `/subscriptions/${target.subscriptionId}/resourceGroups/${target.resourceGroup}/providers/Microsoft.HybridCompute/machines/${target.resourceName}`,
    location: target.location,
    vmId: prepared.vmId,
    tenantId: target.tenantId,
    principalId: 'aaaaaaaa-0000-4000-8000-000000000001',
    clientId: 'aaaaaaaa-0000-4000-8000-000000000002',
    tags: target.tags,
  },
  counter: 0,
  beatId: '',
  factsDigest: null,
  cloneSuspectedSince: null,
});

const thumbprint = (key: KeyObject): string => {
  const { crv, kty, x, y } = key.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
};

const acceptBeat = (machine: Machine, sent: Heartbeat, now: Date): HeartbeatAnswer => {
  const repeated = sent.counter === machine.counter && sent.beatId === machine.beatId;
  if (sent.counter <= machine.counter && !repeated) machine.cloneSuspectedSince ??= now.toISOString();
  if (sent.counter > machine.counter) Object.assign(machine, { counter: sent.counter, beatId: sent.beatId });
  if (sent.facts !== undefined) machine.factsDigest = sent.factsDigest;
  return {
    counter: machine.counter,
    factsWanted: machine.factsDigest !== sent.factsDigest,
    cloneSuspectedSince: machine.cloneSuspectedSince,
    nextHeartbeatSeconds: 300,
    serverTime: now.toISOString(),
    machine: machine.resource,
  };
};

const verified = (asked: Asked, machines: ReadonlyMap<string, Machine>, now: Date): Machine | FakeAnswer => {
  const { headers, text, path } = asked;
  const digest = contentDigest(createHash('sha256').update(text).digest('base64'));
  const signature = parseSignature(String(headers['signature-input']), String(headers['signature']));
  if (signature === undefined || headers['content-digest'] !== digest || headers['holdfast-agent-protocol'] !== '1')
    return refuse('MachineSignatureMissing', 'The request must be signed.');
  const { created, keyId, signatureBase64 } = signature;
  if (Math.abs(created - now.getTime() / 1000) > 300) return refuse('MachineClockSkew', skewWords(created, now));
  const machine = machines.get(keyId);
  if (machine === undefined) return refuse('MachineUnknown', 'No machine is connected with this identity key.');
  const base = Buffer.from(signatureBase({ method: 'POST', path, contentDigest: digest, created, keyId }));
  const key = { key: machine.key, dsaEncoding: 'ieee-p1363' } as const;
  return verify('sha256', base, key, Buffer.from(signatureBase64, 'base64'))
    ? machine
    : refuse('MachineSignatureInvalid', "The request's signature does not match its content.");
};

const skewWords = (created: number, now: Date): string =>
  `The request was signed at ${new Date(created * 1000).toISOString()}, more than 300 seconds from this server's time ${now.toISOString()}. Correct the clock.`;

const refuse = (code: string, message: string): FakeAnswer => ({ status: 401, body: { error: { code, message } } });
