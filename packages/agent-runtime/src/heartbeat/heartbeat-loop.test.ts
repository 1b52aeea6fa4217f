import { cpSync } from 'node:fs';
import { minutes, seconds } from '@holdfast/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLocalApiClient } from '../local-api/client.ts';
import { testFacts } from '../testing/test-facts.ts';
import { createTestMachine, type TestMachine, until } from '../testing/test-himds.ts';

let machine: TestMachine;

beforeEach(async () => {
  machine = await createTestMachine();
});
afterEach(() => machine.remove());

/** Lets time pass until the control plane has read `count` beats in all. */
const beatUntil = async (count: number): Promise<void> => {
  while (machine.fake.beats.length < count) await machine.pass(minutes(1));
};

/** Lets time pass until the answers put in place of the fake's own are used up. */
const useUp = async (): Promise<void> => {
  while (machine.fake.instead.length > 0) await machine.pass(seconds(1));
};

const refusal = (status: number, code: string, headers = {}) => ({
  status,
  headers,
  body: { error: { code, message: `${code} it is` } },
});

describe('facts', () => {
  test('go with the first beat, and again only when they change or are asked for', async () => {
    let facts = testFacts;
    await machine.start({ collectFacts: async () => facts });
    await machine.connect();
    await beatUntil(3);
    expect(machine.fake.beats.map((beat) => beat.facts !== undefined)).toEqual([true, false, false]);
    facts = { ...testFacts, computerName: 'renamed' };
    await machine.pass(minutes(60));
    await beatUntil(machine.fake.beats.length + 1);
    const changed = machine.fake.beats.filter((beat) => beat.facts?.computerName === 'renamed');
    expect(changed).toHaveLength(1);
    expect((await machine.client.status()).facts?.computerName).toBe('renamed');
    machine.fake.over.factsWanted = true;
    const before = machine.fake.beats.length;
    await beatUntil(before + 1);
    delete machine.fake.over.factsWanted;
    await beatUntil(before + 2);
    expect(machine.fake.beats.at(-1)?.facts).toBeDefined();
  });

  test('that the control plane refuses do not silence the machine', async () => {
    await machine.start();
    const resourceId = machine.fake.create(machine.target, await machine.client.prepare(machine.target));
    machine.fake.instead.push('own', refusal(400, 'InvalidRequestContent'));
    await machine.client.complete(resourceId);
    const first = machine.fake.requests.filter(({ path }) => path.endsWith('heartbeat'));
    await machine.pass(minutes(1));
    await until(() => machine.fake.beats.length > 0);
    expect(first).toHaveLength(1);
    expect(machine.fake.beats[0]?.facts).toBeUndefined();
    expect((await machine.client.status()).state).toBe('Connected');
  });

  test('that cannot be collected do not silence it either', async () => {
    await machine.start({ collectFacts: () => Promise.reject(new Error('no /proc')) });
    await machine.connect();
    expect((await machine.client.status()).state).toBe('Connected');
  });
});

describe('refusals', () => {
  test('of an unknown machine keep the state and are retried up to hourly', async () => {
    await machine.start();
    const resourceId = await machine.connect();
    for (let n = 0; n < 12; n += 1) machine.fake.instead.push(refusal(401, 'MachineUnknown'));
    while (machine.fake.instead.length > 0) await machine.pass(minutes(0.5));
    const status = await machine.client.status();
    expect(status).toMatchObject({ state: 'Disconnected', resourceId, error: { code: 'MachineUnknown' } });
    const requests = machine.fake.requests.length;
    await machine.pass(minutes(29));
    expect(machine.fake.requests).toHaveLength(requests);
    await machine.pass(minutes(31));
    expect(await machine.client.status()).toMatchObject({ state: 'Connected', error: null });
  });

  test('of an expired machine show as Expired until a beat is accepted', async () => {
    await machine.start();
    await machine.connect();
    machine.fake.instead.push(refusal(401, 'MachineExpired'));
    await useUp();
    expect(await machine.client.status()).toMatchObject({
      state: 'Expired',
      error: { message: 'MachineExpired it is' },
    });
    await machine.pass(seconds(10));
    expect((await machine.client.status()).state).toBe('Connected');
  });

  test('for overload are obeyed to the second, and not all at once', async () => {
    await machine.start();
    await machine.connect();
    machine.fake.instead.push(refusal(429, 'TooManyRequests', { 'retry-after': '600' }));
    await useUp();
    const beats = machine.fake.requests.length;
    await machine.pass(seconds(599));
    expect(machine.fake.requests).toHaveLength(beats);
    await machine.pass(seconds(152));
    expect(machine.fake.requests).toHaveLength(beats + 1);
  });
});

describe('trouble', () => {
  test('an outage of hours is survived, said, and forgotten', async () => {
    await machine.start();
    await machine.connect();
    await machine.fake.stop();
    await machine.pass(minutes(150));
    expect(await machine.client.status()).toMatchObject({ state: 'Disconnected', error: { code: 'ECONNREFUSED' } });
    await machine.fake.start();
    await machine.pass(minutes(5));
    expect(await machine.client.status()).toMatchObject({ state: 'Connected', error: null });
  });

  test('a page that answers in place of the control plane is no answer', async () => {
    await machine.start();
    await machine.connect();
    machine.fake.instead.push({ status: 200, body: 'please sign in to the network' });
    await useUp();
    expect((await machine.client.status()).error?.code).toBe('UnexpectedAnswer');
  });

  test('a wrong clock is corrected within the call, and shown', async () => {
    const serverNow = machine.clock.now;
    const wrong = { ...machine.clock, now: () => new Date(serverNow().getTime() + minutes(120)) };
    await machine.start({ clock: wrong });
    await machine.connect();
    const status = await machine.client.status();
    expect(status).toMatchObject({ state: 'Connected', error: null });
    expect(Math.abs((status.clockSkewSeconds ?? 0) - 7200)).toBeLessThanOrEqual(1);
  });
});

describe('a cloned machine', () => {
  test('is shown by both copies, and both keep beating', async () => {
    const first = await machine.start();
    await machine.connect();
    await first.stop();
    const copy = `${machine.root}-copy`;
    cpSync(machine.root, copy, { recursive: true });
    await machine.start();
    await until(() => machine.fake.beats.length >= 2);
    await machine.start({ root: copy, copy: { hostName: 'web-2', bootId: 'boot-2' } });
    await until(() => machine.fake.beats.length >= 3);
    await beatUntil(5);
    for (const root of [machine.root, copy]) {
      const status = await createLocalApiClient(root).status();
      expect(status).toMatchObject({ state: 'Connected', cloneSuspectedSince: expect.any(String) });
    }
    expect(new Set(machine.fake.beats.map((beat) => beat.copy.hostName))).toEqual(new Set(['web-1', 'web-2']));
  });
});

test('a resource that was moved and tagged is shown as it stands now', async () => {
  const first = await machine.start();
  const resourceId = await machine.connect();
  const moved = resourceId.replace('/servers/', '/elsewhere/');
  const { principalId, vmId } = await machine.client.status();
  machine.fake.over.machine = {
    resourceId: moved,
    location: 'local',
    vmId,
    tenantId: machine.target.tenantId,
    principalId,
    clientId: 'c',
    tags: { role: 'db' },
  };
  await machine.pass(minutes(5));
  await first.stop();
  await machine.start();
  const status = await machine.client.status();
  expect(status.resourceId).toBe(moved);
  expect(status.target).toMatchObject({ resourceGroup: 'elsewhere', tags: { role: 'db' } });
});
