import { cpSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { signIn } from './support/arm-client.ts';
import { testWithSite } from './support/e2e-test.ts';
import { eventually } from './support/eventually.ts';
import { localToken } from './support/local-token.ts';

const test = testWithSite('--heartbeat-interval', '1');

test('a copied state folder is found out within two heartbeats, and neither copy is harmed', async ({ site }) => {
  const original = site.machine('original');
  await original.startHimds();
  expect(await original.connect()).toMatchObject({ code: 0 });
  const { resourceId, vmId } = await original.show();

  const copy = site.machine('copy');
  cpSync(original.state, copy.state, { recursive: true, filter: (path) => basename(path) !== 'himds.sock' });
  const before = site.recorder.exchanges.length;
  await copy.startHimds();
  const arm = await signIn(site.bootstrap);
  const resource = await eventually('the resource tells of the copy', async () => {
    const { body } = await arm.send('GET', `${resourceId}?api-version=2026-07-15`);
    return body?.properties['statusReason'] === 'Cloned' ? body : undefined;
  });
  expect(resource.properties).toMatchObject({
    status: 'Connected',
    vmId,
    errorDetails: [{ code: 'CloneSuspected', message: expect.stringContaining('azcmagent disconnect') }],
  });
  const beats = site.recorder.exchanges.slice(before).filter(({ path }) => path === '/agent/v1/heartbeat');
  const quiet = beats.findIndex(({ body }) => !body.includes('"cloneSuspectedSince":null'));
  // Two of each copy at most, the one that told included.
  expect(quiet).toBeGreaterThanOrEqual(0);
  expect(quiet).toBeLessThan(4);

  for (const machine of [original, copy]) {
    await eventually('the machine shows it', async () => (await machine.show()).cloneSuspectedSince);
    expect(await machine.show()).toMatchObject({ status: 'Connected', resourceId, vmId, agentErrorCode: '' });
    expect((await localToken(machine, 'https://vault.example.com')).status).toBe(200);
  }
  expect(identityOf(copy.state)).toEqual(identityOf(original.state));

  // What the messages advise makes two machines of them.
  expect(await copy.run('disconnect', '--force-local-only')).toMatchObject({ code: 0 });
  expect(await copy.connect({ 'resource-name': 'the-copy' })).toMatchObject({ code: 0 });
  expect((await copy.show()).vmId).not.toBe(vmId);
  expect(await original.show()).toMatchObject({ status: 'Connected', resourceId, vmId });
});

const identityOf = (state: string): readonly string[] =>
  ['agentconfig.json', 'certs/identity.key', 'certs/identity.pem'].map((name) =>
    readFileSync(join(state, name), 'utf8'),
  );
