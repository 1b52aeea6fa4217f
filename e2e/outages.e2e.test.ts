import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type ArmClient, signIn } from './support/arm-client.ts';
import { holdfast, startControlPlane } from './support/control-plane.ts';
import { testWithSite } from './support/e2e-test.ts';
import { eventually } from './support/eventually.ts';
import { freePort } from './support/free-port.ts';
import { groupScope, machinesIn } from './support/scopes.ts';
import type { Site } from './support/site.ts';

// The control plane, its database and the machine's own agent go away, together with what they were doing, and come back.

const settings = ['--heartbeat-interval', '1', '--disconnected-after', '2'];

const test = testWithSite(...settings).extend('machine', { scope: 'file' }, async ({ site }) => {
  const machine = site.machine('steady');
  await machine.startHimds();
  expect(await machine.connect()).toMatchObject({ code: 0 });
  return machine;
});

const becomes = (status: string, { bootstrap }: Site): Promise<unknown> =>
  eventually(`the machine is ${status}`, async () => {
    const arm = await signIn(bootstrap);
    const { body } = await arm.send('GET', `${machinesIn(groupScope(bootstrap))}?api-version=2025-01-13`);
    return body?.value[0]?.properties['status'] === status;
  });

const acceptedBeats = ({ recorder }: Site): number =>
  recorder.exchanges.filter(({ path, status }) => path === '/agent/v1/heartbeat' && status === 200).length;

const beatsAgain = async (site: Site): Promise<void> => {
  const before = acceptedBeats(site);
  await eventually('a further heartbeat is accepted', () => acceptedBeats(site) > before);
};

test('a silent machine is Disconnected, and Connected with its next heartbeat', async ({ site, machine }) => {
  await becomes('Connected', site);
  machine.himds().signal('SIGSTOP');
  onTestFinished(() => machine.himds().signal('SIGCONT'));
  await becomes('Disconnected', site);
  machine.himds().signal('SIGCONT');
  await becomes('Connected', site);
});

test('a second control plane on the same data folder says so and leaves the first alone', async ({ site }) => {
  const port = String(await freePort());
  const second = await holdfast('serve', '--data', site.data, '--port', port);
  expect(second.code).not.toBe(0);
  expect(second.output).toMatch(/already runs|in this folder/);
  expect(second.output).toContain(String(site.controlPlane().program.pid));
  expect(await ready(site)).toBe(200);
});

const ready = async ({ bootstrap }: Site): Promise<number> => (await fetch(`${bootstrap.endpoint}/readyz`)).status;

/** Makes resource groups as fast as they are acknowledged until the control plane is gone; resolves to those names. */
const writeUntilGone = async (arm: ArmClient, site: Site, writer: number): Promise<readonly string[]> => {
  const acknowledged: string[] = [];
  for (let count = 0; ; count += 1) {
    const name = `acknowledged-${writer}-${count}`;
    const path = `${groupScope(site.bootstrap, name)}?api-version=2024-07-01`;
    const answer = await arm.send('PUT', path, { body: { location: 'local' } }).catch(() => undefined);
    if (answer === undefined) return acknowledged;
    if (answer.status === 201) acknowledged.push(name);
    if (writer === 0 && count === 25) void site.controlPlane().kill();
  }
};

test('killed in the middle of writes it keeps what it acknowledged, and the agent carries on', async ({
  site,
  machine,
}) => {
  const arm = await signIn(site.bootstrap);
  const writers = [0, 1, 2, 3].map((writer) => writeUntilGone(arm, site, writer));
  const acknowledged = (await Promise.all(writers)).flat();
  expect(acknowledged.length).toBeGreaterThan(25);
  await site.controlPlane().program.ended;
  await site.startAgain();
  for (const name of acknowledged) {
    const { status } = await arm.send('HEAD', `${groupScope(site.bootstrap, name)}?api-version=2024-07-01`);
    expect([name, status]).toEqual([name, 204]);
  }
  await beatsAgain(site);
  await becomes('Connected', site);
  expect(machine.himds().running()).toBe(true);
});

/** The application's own way into the embedded database. */
const databaseUrlOf = (data: string): string => {
  const text = readFileSync(join(data, 'secrets', 'database.json'), 'utf8');
  const parts = JSON.parse(text) as Record<'host' | 'port' | 'user' | 'password' | 'database', string>;
  const url = new URL(`postgres://localhost:${parts.port}/${parts.database}`);
  Object.assign(url, { username: parts.user, password: parts.password });
  url.searchParams.set('host', parts.host);
  return url.href;
};

/** Another process of the same control plane, on the database of the first. */
const startReplica = async (site: Site) => {
  const port = await freePort();
  const files = {
    '--data': join(site.folder, 'replica'),
    '--master-key-file': join(site.data, 'secrets', 'master.key'),
    '--tls-certificate': join(site.data, 'tls', 'server.pem'),
    '--tls-key': join(site.data, 'tls', 'server.key'),
  };
  const places = ['--port', String(port), '--origin', site.bootstrap.endpoint, ...Object.entries(files).flat()];
  const replica = await startControlPlane([...places, ...settings], {
    HOLDFAST_DATABASE_URL: databaseUrlOf(site.data),
  });
  return { replica, port };
};

test('a database that vanishes is a 503 with Retry-After, and its return is enough', async ({ site, machine }) => {
  const { replica, port } = await startReplica(site);
  onTestFinished(() => site.recorder.forwardTo(site.port));
  site.recorder.forwardTo(port);
  const arm = await signIn(site.bootstrap);
  const written = `${groupScope(site.bootstrap, 'before')}?api-version=2024-07-01`;
  expect(await arm.send('PUT', written, { body: { location: 'local' } })).toMatchObject({ status: 201 });
  await beatsAgain(site);

  await site.controlPlane().stop();
  for (const [method, body] of [['GET'], ['PUT', { location: 'local' }]] as const) {
    const answer = await arm.send(method, written, { body });
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'ServiceUnavailable' } } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(await ready(site)).toBe(503);
  expect((await fetch(`${site.bootstrap.endpoint}/healthz`)).status).toBe(200);
  await eventually('the agent says why', async () => (await machine.show()).agentErrorCode === 'ServiceUnavailable');

  await site.startAgain();
  await eventually('it serves again', async () => (await ready(site)) === 200);
  expect(await arm.send('GET', written)).toMatchObject({ status: 200 });
  await beatsAgain(site);
  expect(await machine.show()).toMatchObject({ status: 'Connected', agentErrorCode: '' });
  await replica.stop();
});
