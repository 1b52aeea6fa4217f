import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { signIn } from './support/arm-client.ts';
import { testWithSite } from './support/e2e-test.ts';
import { eventually } from './support/eventually.ts';

// A connect is cut off where it hurts: each call it depends on is caught on its way there or back, and then one of its
// two programs is killed.

const test = testWithSite('--heartbeat-interval', '1');

const moments = [
  ['request', 'PUT', /\/machines\//, 'before the resource is made'],
  ['answer', 'PUT', /\/machines\//, 'before the agent hears that the resource is made'],
  ['request', 'POST', /\/agent\/v1\/certificate$/, 'before the identity is certified'],
  ['answer', 'POST', /\/agent\/v1\/certificate$/, 'before the agent has its certificate'],
  ['answer', 'POST', /\/agent\/v1\/heartbeat$/, 'before the first heartbeat is known to be accepted'],
] as const;

const cuts = moments.flatMap((moment) =>
  (['azcmagent', 'himds'] as const).map((victim) => [victim, ...moment] as const),
);

test.for(cuts)('%s is killed at the %s of %s %s: %s', async ([victim, side, method, path], { site }) => {
  const name = `cut-${randomUUID().slice(0, 8)}`;
  const machine = site.machine(name);
  await machine.startHimds();
  const held = site.recorder.hold(side, (each) => each.method === method && path.test(each.path));
  const connecting = machine.startConnect({ 'resource-name': name });
  const { release } = await held;
  if (victim === 'himds') await machine.stopHimds('SIGKILL');
  else connecting.signal('SIGKILL');
  release();
  await connecting.ended;

  if (victim === 'himds') await machine.startHimds();
  const again = await machine.connect({ 'resource-name': name });
  // Whoever lost only the command may be connected already.
  expect([0, 67], again.output).toContain(again.code);
  await eventually('it is connected', async () => (await machine.show()).status === 'Connected' || undefined);
  const { resourceId, vmId, agentErrorCode } = await machine.show();
  expect(agentErrorCode).toBe('');
  const arm = await signIn(site.bootstrap);
  const machines = resourceId.slice(0, resourceId.lastIndexOf('/'));
  const all = await arm.send('GET', `${machines}?api-version=2025-01-13`);
  expect(all.body?.value.filter((each) => each.properties['status'] === 'Connected')).toMatchObject([
    { name, properties: { vmId } },
  ]);
  expect(all.body?.value).toHaveLength(1);
  expect(await machine.run('disconnect', '--config', machine.configFile)).toMatchObject({ code: 0 });
  await machine.stopHimds();
});
