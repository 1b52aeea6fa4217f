import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { minutes } from '@holdfast/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { statePaths } from '../local-state/state-paths.ts';
import { createTestMachine, type TestMachine, until } from '../testing/test-himds.ts';

let machine: TestMachine;

beforeEach(async () => {
  machine = await createTestMachine();
});
afterEach(() => machine.remove());

describe('connect', () => {
  test('prepared, created, completed: connected, with facts, and its key readable by nobody else', async () => {
    await machine.start();
    expect((await machine.client.status()).state).toBe('NotConnected');
    const resourceId = await machine.connect();
    const status = await machine.client.status();
    expect(status).toMatchObject({ state: 'Connected', resourceId, error: null, location: 'local' });
    expect(status.target).toEqual(machine.target);
    expect(machine.fake.beats.map((beat) => [beat.counter, beat.facts?.computerName])).toEqual([[1, 'web-1']]);
    const paths = statePaths(machine.root);
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect([mode(paths.certsFolder), mode(paths.identityKey), mode(paths.connection)]).toEqual(['700', '600', '644']);
    expect(mode(paths.tokensFolder)).toBe('770');
    expect(JSON.stringify(machine.lines)).not.toContain('PRIVATE');
  });

  test('over TLS with an authority that only the target names', async () => {
    const secure = await createTestMachine({ tls: true });
    try {
      await secure.start();
      await secure.connect();
      expect((await secure.client.status()).state).toBe('Connected');
      await secure.client.disconnect();
      const untrusted = { ...secure.target, caPem: null };
      const resourceId = secure.fake.create(untrusted, await secure.client.prepare(untrusted));
      await expect(secure.client.complete(resourceId)).rejects.toMatchObject({ status: 504 });
    } finally {
      await secure.remove();
    }
  });

  test('repeated prepares answer one identity until the resource is another', async () => {
    await machine.start();
    const first = await machine.client.prepare(machine.target);
    const retagged = { ...machine.target, tags: {}, resourceGroup: 'SERVERS' };
    expect(await machine.client.prepare(retagged)).toEqual(first);
    const other = await machine.client.prepare({ ...machine.target, resourceName: 'web-2' });
    expect(other.vmId).not.toBe(first.vmId);
    expect(other.clientPublicKey).not.toBe(first.clientPublicKey);
  });

  test('a connected machine refuses another identity and repeats its own', async () => {
    await machine.start();
    const resourceId = await machine.connect();
    await expect(machine.client.prepare(machine.target)).rejects.toMatchObject({
      status: 409,
      code: 'AlreadyConnected',
      resourceId,
    });
    expect((await machine.client.complete(resourceId)).state).toBe('Connected');
    await expect(machine.client.complete(`${resourceId}x`)).rejects.toMatchObject({ code: 'AlreadyConnected' });
  });

  test("a refusal passes the control plane's words and leaves the connect to be repeated", async () => {
    await machine.start();
    await expect(machine.client.complete('/x')).rejects.toMatchObject({ status: 409, code: 'NotPrepared' });
    const prepared = await machine.client.prepare(machine.target);
    await expect(machine.client.complete('/x')).rejects.toMatchObject({
      status: 502,
      code: 'MachineUnknown',
      message: 'No machine is connected with this identity key.',
    });
    await machine.fake.stop();
    await expect(machine.client.complete('/x')).rejects.toMatchObject({ status: 504 });
    await machine.fake.start();
    const resourceId = machine.fake.create(machine.target, prepared);
    await expect(machine.client.complete(`${resourceId}2`)).rejects.toMatchObject({ code: 'MachineMismatch' });
    expect((await machine.client.complete(resourceId)).state).toBe('Connected');
  });

  test('what is no target is refused by name', async () => {
    await machine.start();
    for (const [change, word] of [
      [{ endpoint: 'http://control.example' }, 'https'],
      [{ endpoint: 'https://user:pw@control.example' }, 'credentials'],
      [{ tenantId: 7 }, 'tenantId'],
      [{ tags: { a: 1 } }, 'tags'],
    ] as const) {
      const target = { ...machine.target, ...change } as never;
      await expect(machine.client.prepare(target)).rejects.toMatchObject({
        status: 400,
        message: expect.stringContaining(word),
      });
    }
  });
});

describe('interrupted', () => {
  test('between prepare and complete: the same identity waits, and nothing is sent unasked', async () => {
    const first = await machine.start();
    const prepared = await machine.client.prepare(machine.target);
    await first.stop();
    await machine.start();
    expect(await machine.client.status()).toMatchObject({ state: 'Connecting', vmId: prepared.vmId });
    await machine.pass(minutes(60));
    expect(machine.fake.requests).toEqual([]);
    expect(await machine.client.prepare(machine.target)).toEqual(prepared);
    expect((await machine.client.complete(machine.fake.create(machine.target, prepared))).state).toBe('Connected');
  });

  test('at each write of a connect: a repetition ends connected with one resource', async () => {
    const paths = statePaths(machine.root);
    const first = await machine.start();
    await machine.connect();
    await first.stop();
    const whole = [paths.identityCertificate, paths.connection].map((path) => readFileSync(path, 'utf8'));
    const pending = JSON.stringify({
      target: machine.target,
      vmId: JSON.parse(whole[1] ?? '').vmId,
      keyId: JSON.parse(readFileSync(paths.heartbeat, 'utf8')).keyId,
    });
    // After the connection file, before the pending record goes: it is connected, the leftover counts for nothing.
    writeFileSync(paths.pendingConnect, pending);
    const second = await machine.start();
    expect(second.status().state).toBe('Connected');
    await second.stop();
    // After the certificate, before the connection file: the connect is repeated with the same identity.
    rmSync(paths.connection);
    await machine.start();
    expect(await machine.client.status()).toMatchObject({ state: 'Connecting', vmId: JSON.parse(pending).vmId });
    await machine.client.prepare(machine.target);
    expect((await machine.client.complete(JSON.parse(whole[1] ?? '').resourceId)).state).toBe('Connected');
  });

  test('a beat whose answer was lost is repeated unchanged, also by the next process', async () => {
    const first = await machine.start();
    await machine.connect();
    machine.fake.instead.push('cut', 'cut');
    await machine.pass(minutes(5));
    await until(() => machine.fake.beats.length >= 2);
    await first.stop();
    await machine.start();
    await until(() => machine.fake.beats.length >= 3);
    const [, lost, repeated] = machine.fake.beats;
    expect([repeated?.counter, repeated?.beatId]).toEqual([lost?.counter, lost?.beatId]);
    expect((await machine.client.status()).cloneSuspectedSince).toBeNull();
  });
});

describe('state on disk', () => {
  test('what cannot be understood is set aside, said, and not deleted', async () => {
    const first = await machine.start();
    await machine.connect();
    await first.stop();
    const paths = statePaths(machine.root);
    for (const path of [paths.connection, paths.heartbeat, paths.identityCertificate]) writeFileSync(path, '{"half":');
    await machine.start();
    const status = await machine.client.status();
    expect(status).toMatchObject({ state: 'NotConnected', error: { code: 'StateUnreadable' } });
    const names = [...readdirSync(paths.folder), ...readdirSync(paths.certsFolder)].filter((name) =>
      name.includes('.unreadable-'),
    );
    expect(names).toHaveLength(3);
    expect(readdirSync(paths.certsFolder)).toContain('identity.key');
  });

  test('a lost certificate is fetched anew; a lost key is said', async () => {
    const first = await machine.start();
    await machine.connect();
    await first.stop();
    const paths = statePaths(machine.root);
    writeFileSync(paths.identityCertificate, 'not a certificate');
    const second = await machine.start();
    await until(() => second.status().certificateNotAfter !== null);
    await second.stop();
    writeFileSync(paths.identityKey, 'not a key');
    await machine.start();
    expect(await machine.client.status()).toMatchObject({
      resourceId: expect.stringContaining('web-1'),
      error: { code: 'IdentityKeyMissing' },
    });
    await machine.client.disconnect();
    await machine.connect();
    expect((await machine.client.status()).state).toBe('Connected');
  });

  test('disconnect leaves no identity behind', async () => {
    await machine.start();
    const resourceId = await machine.connect();
    expect((await machine.client.disconnect()).state).toBe('NotConnected');
    const paths = statePaths(machine.root);
    expect(readdirSync(paths.certsFolder)).toEqual([]);
    expect(readdirSync(paths.folder).sort()).toEqual(['certs', 'log', 'run', 'tokens']);
    const sent = machine.fake.requests.length;
    await machine.pass(minutes(60));
    expect(machine.fake.requests).toHaveLength(sent);
    expect((await machine.client.disconnect()).resourceId).toBeNull();
    expect(await machine.connect()).toBe(resourceId);
  });
});

describe('one himds for a folder', () => {
  test('a second one is refused; a dead one is cleared away', async () => {
    const first = await machine.start();
    await expect(machine.start()).rejects.toThrow('another himds already serves');
    expect((await machine.client.status()).state).toBe('NotConnected');
    await first.stop();
    await expect(machine.client.status()).rejects.toMatchObject({ code: 'HimdsUnreachable' });
    const { runFolder } = statePaths(machine.root);
    mkdirSync(runFolder, { recursive: true });
    writeFileSync(`${runFolder}/himds.sock`, '');
    await machine.start();
    expect(readdirSync(runFolder)).toEqual(['himds.sock']);
    expect((statSync(`${runFolder}/himds.sock`).mode & 0o777).toString(8)).toBe('600');
  });

  test('of two that start at once one runs', async () => {
    const outcomes = await Promise.allSettled([machine.start(), machine.start(), machine.start()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await machine.client.status()).state).toBe('NotConnected');
  });
});
