import { readFileSync } from 'node:fs';
import { cpus, hostname, totalmem } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { signIn } from './support/arm-client.ts';
import { testWithSite } from './support/e2e-test.ts';
import { commandLines } from './support/leftovers.ts';
import { localToken } from './support/local-token.ts';
import { finished, startNode } from './support/program.ts';
import { projectFolder } from './support/project.ts';
import { verifyToken } from './support/verify-token.ts';

// This very computer, connected by the real agent below a root prefix.

const test = testWithSite().extend('machine', { scope: 'file' }, async ({ site }) => {
  const machine = site.machine('this');
  await machine.startHimds();
  return machine;
});

test('connect reports success, and its secrets are in no command line meanwhile', async ({ site, machine }) => {
  const held = site.recorder.hold('request', ({ method }) => method === 'PUT');
  const connecting = machine.startConnect();
  const { release } = await held;
  const { clientSecret } = site.bootstrap.automation;
  expect(commandLines().filter((line) => line.includes(clientSecret))).toEqual([]);
  expect(commandLines().filter((line) => line.includes('azcmagent.cjs'))).not.toEqual([]);
  release();
  expect(await finished(connecting)).toMatchObject({ code: 0, stdout: expect.stringMatching(/VM Id=[0-9a-f-]{36}/) });
  const { status, resourceId, vmId } = await machine.show();
  expect(status).toBe('Connected');
  const arm = await signIn(site.bootstrap);
  const resource = await arm.send('GET', `${resourceId}?api-version=2025-01-13`);
  expect(resource.body).toMatchObject({ name: hostname(), properties: { status: 'Connected', vmId } });
});

test('a script with nothing but the Azure SDK shows what this computer really is', async ({ site, machine }) => {
  const script = join(projectFolder, 'docs', 'examples', 'list-machines.mjs');
  const env = { NODE_EXTRA_CA_CERTS: site.bootstrap.caFile };
  const { code, stdout, output } = await finished(startNode([script, join(site.data, 'bootstrap.json')], { env }));
  expect(code, output).toBe(0);
  const [row = ''] = stdout.split('\n').filter((line) => line.includes(hostname()));
  const cells = row.split('│').map((cell) => cell.trim().replaceAll("'", ''));
  const gibibytes = Math.round(totalmem() / 1024 ** 3);
  expect(cells).toEqual(
    expect.arrayContaining([hostname(), 'Connected', prettyName(), `${cpus().length}`, `${gibibytes}`]),
  );
  expect((await machine.show()).status).toBe('Connected');
});

/** os-release(5) */
const prettyName = (): string =>
  /^PRETTY_NAME=["']?(.*?)["']?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';

test('a program on the machine gets a token of its identity by the challenge', async ({ site, machine }) => {
  const resource = 'https://vault.example.com';
  const { challenge, token } = await localToken(machine, resource);
  expect(challenge).toMatch(new RegExp(`^Basic realm=${machine.state}/tokens/[0-9a-f-]{36}\\.key$`));
  const { resourceId } = await machine.show();
  expect(await verifyToken(site.bootstrap, token)).toMatchObject({
    aud: resource,
    tid: site.bootstrap.tenantId,
    idtyp: 'app',
    xms_mirid: resourceId,
  });
});

test('connecting again is refused and changes nothing', async ({ site, machine }) => {
  const before = await machine.show();
  const again = await machine.connect({ 'resource-name': 'another' });
  expect(again).toMatchObject({ code: 67, output: expect.stringContaining(before.resourceId) });
  expect(await machine.show()).toEqual(before);
  expect(site.recorder.exchanges.filter(({ method }) => method === 'PUT')).toHaveLength(1);
});

test('disconnect removes the resource and the identity; connecting anew makes another', async ({ site, machine }) => {
  const { resourceId, vmId } = await machine.show();
  const credential = ['--config', machine.configFile];
  expect(await machine.run('disconnect', ...credential)).toMatchObject({ code: 0 });
  const arm = await signIn(site.bootstrap);
  expect(await arm.send('GET', `${resourceId}?api-version=2025-01-13`)).toMatchObject({ status: 404 });
  expect(await machine.show()).toMatchObject({ status: 'Disconnected', resourceId: '', vmId: '' });
  expect(await machine.connect({ 'resource-name': null })).toMatchObject({ code: 0 });
  const anew = await machine.show();
  expect(anew).toMatchObject({ status: 'Connected', resourceId });
  expect(anew.vmId).not.toBe(vmId);
});

test('disconnect --force-local-only leaves the resource', async ({ site, machine }) => {
  const { resourceId } = await machine.show();
  expect(await machine.run('disconnect', '--force-local-only')).toMatchObject({ code: 0 });
  const arm = await signIn(site.bootstrap);
  expect(await arm.send('GET', `${resourceId}?api-version=2025-01-13`)).toMatchObject({ status: 200 });
  expect(await machine.show()).toMatchObject({ status: 'Disconnected', resourceId: '' });
});
