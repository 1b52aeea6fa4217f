import { generateKeyPairSync } from 'node:crypto';
import { apiVersion, formatResourceId } from '@holdfast/arm';
import type { MachineCaller, RequestContext } from '@holdfast/contracts';
import { addMs, days, minutes } from '@holdfast/kernel';
import { createFixtures, fixtureFacts } from '@holdfast/testkit';
import { describe, expect, test } from 'vitest';
import type { Machine } from '../machine/machine.ts';
import type { BeatOutcome, ConnectedMachineStore, IssuedCertificate } from './connected-machine-store.ts';
import { heartbeat } from './heartbeat.ts';
import { issueCertificate, type MachineCertificateRequest } from './issue-certificate.ts';
import { issueToken, type MachineTokenRequest } from './issue-token.ts';

const now = new Date('2026-03-01T12:00:00.750Z');
const fixtures = createFixtures('agent-handlers');
const group = fixtures.group(fixtures.subscription(fixtures.tenant()), 'Servers');
const spki = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' });
const machine = fixtures.machine(group, 'Web-01', {
  tags: { a: '1' },
  key: { publicKey: spki.toString('base64'), keyId: 'k' },
});
const context: RequestContext<MachineCaller> = {
  now,
  correlationId: 'c',
  caller: { kind: 'Machine', machineId: machine.machineId, tenantId: machine.tenantId },
  apiVersion: apiVersion(''),
  origin: 'https://arm.example',
  visibility: 'everything',
  conditions: {},
};
const request = { context, parameters: {}, query: new Map<string, string>() };
/** What a machine is told of its own resource. */
const ownResource = {
  resourceId: formatResourceId(machine.id),
  location: machine.location,
  vmId: machine.vmId,
  tenantId: machine.tenantId,
  ...machine.identity,
  tags: { a: '1' },
};

const connectedWith = (found: Machine | undefined) => {
  const recorded: IssuedCertificate[] = [];
  const connected: ConnectedMachineStore = {
    findByKeyId: async () => undefined,
    find: async (id) => (id === found?.machineId ? found : undefined),
    recordCertificate: async (certificate) => void recorded.push(certificate),
  };
  return { connected, recorded };
};

describe('a heartbeat', () => {
  const digest = 'a'.repeat(64);
  const body = {
    counter: 7,
    beatId: 'EEEEEEEE-0000-4000-8000-000000000001',
    copy: { hostName: 'h', bootId: 'b' },
    agentVersion: '1.0',
    factsDigest: digest,
    facts: fixtureFacts,
  };
  const beatWith = async (outcome: Partial<BeatOutcome> | undefined) => {
    const recorded: unknown[] = [];
    const complete: BeatOutcome = {
      machineId: machine.machineId,
      verdict: 'accepted',
      counter: 7,
      cloneSuspectedSince: undefined,
      factsDigest: digest,
      machine,
      ...outcome,
    };
    const record = async (beat: unknown) => {
      recorded.push(beat);
      return outcome && complete;
    };
    const handler = heartbeat({ heartbeats: { record }, heartbeatSeconds: 300 });
    return { answer: await handler({ ...request, body }), recorded };
  };

  test('is recorded as the machine that signed it, at the time of the request', async () => {
    const { answer, recorded } = await beatWith({});
    expect(recorded).toEqual([{ ...body, beatId: body.beatId.toLowerCase(), machineId: machine.machineId, at: now }]);
    expect(answer).toEqual({
      status: 200,
      body: {
        counter: 7,
        factsWanted: false,
        cloneSuspectedSince: null,
        nextHeartbeatSeconds: 300,
        serverTime: now.toISOString(),
        machine: ownResource,
      },
    });
  });

  test.each<[string, Partial<BeatOutcome>, object]>([
    ['asks for facts it does not know', { factsDigest: undefined }, { factsWanted: true }],
    ['asks for facts that differ', { factsDigest: 'b'.repeat(64) }, { factsWanted: true }],
    [
      'of a copy is told so and carries on',
      { verdict: 'conflict', counter: 9, cloneSuspectedSince: now },
      { counter: 9, cloneSuspectedSince: now.toISOString() },
    ],
  ])('%s', async (_, outcome, answer) => {
    expect((await beatWith(outcome)).answer).toMatchObject({ status: 200, body: answer });
  });

  test('of a machine that was deleted is 401: it has to connect anew', async () => {
    await expect(beatWith(undefined)).rejects.toMatchObject({ status: 401, code: 'MachineUnknown' });
  });
});

describe('a certificate', () => {
  const issueFor = async (found: Machine | undefined) => {
    const asked: MachineCertificateRequest[] = [];
    const { connected, recorded } = connectedWith(found);
    const authority = {
      issue: async (wanted: MachineCertificateRequest) => {
        asked.push(wanted);
        return { certificatePem: 'PEM', serialNumber: '0a' };
      },
    };
    const answer = await issueCertificate({ connected, authority })({ ...request, body: undefined });
    return { answer, asked, recorded };
  };

  test('is for the machine’s own key, ninety days long, and kept before it is handed out', async () => {
    const { answer, asked, recorded } = await issueFor(machine);
    const dates = { notBefore: addMs(now, -minutes(5)), notAfter: addMs(now, days(90)) };
    const { machineId, tenantId, vmId } = machine;
    expect(asked).toEqual([{ machineId, tenantId, vmId, publicKey: spki, ...dates }]);
    expect(recorded).toEqual([{ machineId, serialNumber: '0a', ...dates }]);
    const body = { machine: ownResource, certificatePem: 'PEM', notAfter: dates.notAfter.toISOString() };
    expect(answer).toEqual({ status: 200, body });
  });

  test.each([
    ['was deleted', undefined],
    ['has no key any more', { ...machine, key: undefined }],
  ])('is refused to a machine that %s', async (_, found) => {
    await expect(issueFor(found)).rejects.toMatchObject({ status: 401, code: 'MachineUnknown' });
  });
});

describe('a machine’s token', () => {
  const issueWith = async (resource: string, found: Machine | undefined = machine) => {
    const asked: MachineTokenRequest[] = [];
    const tokens = {
      issue: async (wanted: MachineTokenRequest) => {
        asked.push(wanted);
        return { token: 'T', notBefore: now, expiresOn: addMs(now, days(1)) };
      },
    };
    const handler = issueToken({ connected: connectedWith(found).connected, tokens });
    return { answer: await handler({ ...request, body: { resource } }), asked };
  };

  test('speaks for the machine’s identity to the audience asked for, in whole seconds', async () => {
    const { answer, asked } = await issueWith('https://vault.example');
    const { tenantId, identity } = machine;
    expect(asked).toEqual([
      { tenantId, ...identity, resourceId: formatResourceId(machine.id), audience: 'https://vault.example' },
    ]);
    const seconds = Math.floor(now.getTime() / 1000);
    expect(answer.body).toEqual({ accessToken: 'T', notBefore: seconds, expiresOn: seconds + 86_400 });
  });

  test.each([
    'api://app-1',
    'https://management.azure.com/',
    machine.vmId,
    'urn:x:y',
    'spn:00000000-0000-0000-0000-000000000001',
  ])('can be for %s', async (resource) => {
    expect((await issueWith(resource)).answer.status).toBe(200);
  });

  test.each(['', ' ', 'https://a b', 'https://x/\r\nset-cookie: a', 'https://☃', `https://x/${'y'.repeat(2000)}`, '"'])(
    'cannot be for %j',
    async (resource) => {
      await expect(issueWith(resource)).rejects.toMatchObject({ status: 400, target: 'resource' });
    },
  );

  test('is refused to a machine that was deleted', async () => {
    const handler = issueToken({
      connected: connectedWith(undefined).connected,
      tokens: { issue: () => Promise.reject(new Error('asked')) },
    });
    await expect(handler({ ...request, body: { resource: 'https://x' } })).rejects.toMatchObject({
      code: 'MachineUnknown',
    });
  });
});
