import { expect } from 'vitest';
import { signIn } from './support/arm-client.ts';
import { testWithSite } from './support/e2e-test.ts';
import { eventually } from './support/eventually.ts';
import { groupScope, machinesIn } from './support/scopes.ts';

// A connect is cut off where it hurts: a call it depends on is caught on its way there (request) or back (answer), and
// then one of the two programs is killed.

const test = testWithSite();

const calls = {
  resource: /^PUT .*\/machines\//,
  certificate: /^POST \/agent\/v1\/certificate$/,
  heartbeat: /^POST \/agent\/v1\/heartbeat$/,
};

test.for([
  ['azcmagent', 'request', 'resource'],
  ['azcmagent', 'answer', 'resource'],
  ['azcmagent', 'answer', 'certificate'],
  ['himds', 'answer', 'resource'],
  ['himds', 'request', 'certificate'],
  ['himds', 'answer', 'certificate'],
  ['himds', 'answer', 'heartbeat'],
] as const)(
  '%s is killed at the %s of the %s call, and repeating connects once',
  async ([victim, side, call], { site }) => {
    const name = `${victim}-${side}-${call}`;
    const machine = site.machine(name);
    const options = { 'resource-group': name, 'resource-name': name };
    await machine.startHimds();
    const held = site.recorder.hold(side, ({ method, path }) => calls[call].test(`${method} ${path}`));
    const connecting = machine.startConnect(options);
    const { release } = await held;
    if (victim === 'himds') await machine.stopHimds('SIGKILL');
    else connecting.signal('SIGKILL');
    release();
    await connecting.ended;

    if (victim === 'himds') await machine.startHimds();
    const again = await machine.connect(options);
    // Who lost the command alone may have been connected by himds meanwhile.
    expect([0, 67], again.output).toContain(again.code);
    await eventually('it is connected', async () => (await machine.show()).status === 'Connected');
    const { vmId, agentErrorCode } = await machine.show();
    expect(agentErrorCode).toBe('');
    const arm = await signIn(site.bootstrap);
    const machines = machinesIn(groupScope(site.bootstrap, name));
    const { body } = await arm.send('GET', `${machines}?api-version=2025-01-13`);
    expect(body?.value).toMatchObject([{ name, properties: { vmId, status: 'Connected' } }]);
    expect(body?.value).toHaveLength(1);
    await machine.stopHimds();
  },
);
