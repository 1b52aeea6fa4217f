import { join } from 'node:path';
import { expect } from 'vitest';
import type { Agent, ConnectOptions } from './support/agent.ts';
import { type ArmClient, signIn } from './support/arm-client.ts';
import { testWithSite } from './support/e2e-test.ts';
import { freePort } from './support/free-port.ts';
import { daysFromNow, makeCertificate } from './support/openssl.ts';
import { startRecorder } from './support/recorder.ts';
import { groupScope, machinesIn } from './support/scopes.ts';
import { type Principal, type Site, tlsOf } from './support/site.ts';

// A connect that cannot be: the exit code is the code that is printed, the words are those of whoever refused, and
// neither the control plane nor the machine has changed.

interface Scene {
  readonly machine: Agent;
  readonly reader: Principal;
  /** PEM with its key, no longer valid. */
  readonly expiredCertificate: string;
  /** The control plane at an address that its certificate is not made out to. */
  readonly misnamed: string;
  /** Where nothing listens. */
  readonly nowhere: string;
  readonly machines: () => Promise<unknown>;
}

const test = testWithSite()
  .extend('misnamed', { scope: 'file' }, async ({ site }, { onCleanup }) => {
    const [port, address] = [await freePort(), '127.0.0.2'];
    const recorder = await startRecorder({ port, address, target: site.port, tls: tlsOf(site.data) });
    onCleanup(recorder.close);
    return `https://${address}:${port}`;
  })
  .extend('scene', { scope: 'file' }, async ({ site, misnamed }): Promise<Scene> => {
    const machine = site.machine('hapless');
    await machine.startHimds();
    const dates = { from: daysFromNow(-60), to: daysFromNow(-30) };
    const { bothFile } = makeCertificate({ folder: site.folder, name: 'expired', ...dates });
    const arm = await signIn(site.bootstrap);
    await takeName(site, arm);
    return {
      machine,
      misnamed,
      reader: await site.principal({ role: 'Reader' }),
      expiredCertificate: bothFile,
      nowhere: `https://localhost:${await freePort()}`,
      machines: async () => (await arm.send('GET', machinesIn(groupScope(site.bootstrap)) + query)).body,
    };
  });

const query = '?api-version=2026-07-15';

const takeName = async ({ bootstrap }: Site, arm: ArmClient): Promise<void> => {
  const body = { location: 'local', properties: { vmId: '11111111-2222-4333-8444-555555555555' } };
  const path = machinesIn(groupScope(bootstrap), 'taken');
  expect(await arm.send('PUT', path + query, { body })).toMatchObject({ status: 200 });
};

const guid = '99999999-8888-4777-8666-555555555555';

const failures: Readonly<Record<string, [code: number, words: RegExp, (scene: Scene) => ConnectOptions]>> = {
  'a wrong secret': [
    41,
    /AADSTS7000215: Invalid client secret/,
    () => ({ 'service-principal-secret': 'wrong-secret' }),
  ],
  'an unknown application': [41, /AADSTS700016: Application with/, () => ({ 'service-principal-id': guid })],
  'an unknown tenant': [41, /AADSTS90002: Tenant '.+' not found/, () => ({ 'tenant-id': guid })],
  'an expired certificate': [
    41,
    /expired at \d{4}-/,
    ({ expiredCertificate }) => ({ 'service-principal-cert': expiredCertificate, 'service-principal-secret': null }),
  ],
  'a token that is none': [
    12,
    /not an access token/,
    () => ({ 'access-token': 'nonsense', 'service-principal-id': null, 'service-principal-secret': null }),
  ],
  'a missing role': [
    42,
    /does not have authorization to perform action 'Microsoft\.HybridCompute\/machines\/write'/,
    ({ reader }) => ({ 'service-principal-id': reader.appId, 'service-principal-secret': reader.password }),
  ],
  'a name that is taken': [44, /machines\/taken exists with the VM id/, () => ({ 'resource-name': 'taken' })],
  'an unknown location': [20, /'mars' is not available .* 'local'/, () => ({ location: 'mars' })],
  'an unknown subscription': [42, /could not be found/, () => ({ 'subscription-id': guid })],
  'a subscription by a name that nobody has': [
    68,
    /no subscription named 'Moon'/,
    () => ({ 'subscription-id': 'Moon' }),
  ],
  'nobody at the address': [26, /refused the connection/, ({ nowhere }) => ({ endpoint: nowhere })],
  'a host that the certificate does not name': [
    26,
    /is made out to '.*localhost.*', not to '127\.0\.0\.2'/,
    ({ misnamed }) => ({ endpoint: misnamed }),
  ],
  'an authority that is not trusted': [
    26,
    /is issued by '.*Holdfast.*', whom this machine does not trust/,
    () => ({ 'ca-file': null }),
  ],
  'a missing parameter': [16, /--resource-group/, () => ({ 'resource-group': null })],
  'no credential': [16, /--service-principal-secret/, () => ({ 'service-principal-secret': null })],
  'an invalid value': [23, /--resource-name: 'a b' is not/, () => ({ 'resource-name': 'a b' })],
};

test.for(Object.entries(failures))('%s', async ([, [code, words, options]], { scene }) => {
  const { machine, machines } = scene;
  const before = await machines();
  const failed = await machine.connect(options(scene));
  expect(failed.output).toMatch(words);
  expect(failed.output).toContain(`AZCM${String(code).padStart(4, '0')}`);
  expect(failed.output).toContain('Recommended action:');
  expect(failed.code).toBe(code);
  expect(await machines()).toEqual(before);
  // It may keep the identity that it prepared, for the same connect to go on with.
  expect(await machine.show()).toMatchObject({ status: 'Disconnected', resourceId: '', lastHeartbeat: '' });
});

test('a config file that is not there', async ({ scene: { machine } }) => {
  expect(await machine.run('connect', '--config', join(machine.state, 'nothing.json'))).toMatchObject({
    code: 19,
    output: expect.stringContaining('AZCM0019'),
  });
});

test('without himds', async ({ scene: { machine } }) => {
  await machine.stopHimds();
  const failed = await machine.connect();
  expect(failed).toMatchObject({ code: 64, output: expect.stringContaining('AZCM0064') });
});
