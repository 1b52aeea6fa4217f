import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ArmClient, signIn } from './support/arm-client.ts';
import { holdfast } from './support/control-plane.ts';
import { testWithSite } from './support/e2e-test.ts';
import { eventually } from './support/eventually.ts';
import { localToken } from './support/local-token.ts';
import { daysFromNow, makeCertificate } from './support/openssl.ts';
import { groupScope, machinesIn, subscriptionScope } from './support/scopes.ts';
import type { Principal, Site } from './support/site.ts';
import { verifyToken } from './support/verify-token.ts';

// What an onboarding credential is good for: connecting into its own resource group, and nothing after that.

const test = testWithSite('--heartbeat-interval', '1');
const role = 'Azure Connected Machine Onboarding';
const query = '?api-version=2025-01-13';

const onboard = async (site: Site, group: string) => {
  const scope = groupScope(site.bootstrap, group);
  const administrator = await signIn(site.bootstrap);
  await administrator.send('PUT', `${scope}?api-version=2024-07-01`, { body: { location: 'local' } });
  const principal = await site.principal({ role, scope });
  const machine = site.machine(group);
  await machine.startHimds();
  const name = `${group}-1`;
  const connect = () => machine.connect({ 'resource-group': group, 'resource-name': name, ...secretOf(principal) });
  return { group, scope, name, principal, machine, connect };
};

const secretOf = ({ appId, password }: Principal) => ({
  'service-principal-id': appId,
  'service-principal-secret': password,
});

test('two principals with two groups: each connects into its own and sees and deletes nothing else', async ({
  site,
}) => {
  const [north, south] = [await onboard(site, 'north'), await onboard(site, 'south')];
  for (const { connect } of [north, south]) expect(await connect()).toMatchObject({ code: 0 });
  for (const [own, other] of [
    [north, south],
    [south, north],
  ] as const) {
    const arm = await signIn(site.bootstrap, own.principal);
    expect(await namesIn(site, arm)).toEqual([own.name]);
    const [itself, foreign] = [machinesIn(own.scope, own.name), machinesIn(other.scope, other.name)];
    const refusals = [
      ['GET', machinesIn(other.scope), 'read', other.scope],
      ['GET', foreign, 'read', foreign],
      ['DELETE', foreign, 'delete', foreign],
      ['DELETE', itself, 'delete', itself],
    ] as const;
    for (const [method, path, action, scope] of refusals)
      expect(await arm.send(method, path + query)).toMatchObject({
        status: 403,
        body: { error: { code: 'AuthorizationFailed', message: refusal(own.principal, action, scope) } },
      });
  }
  const lost = site.machine('lost');
  await lost.startHimds();
  const refused = await lost.connect({ 'resource-group': 'south', ...secretOf(north.principal) });
  expect(refused).toMatchObject({ code: 42, output: expect.stringContaining('does not have authorization') });
  expect(await namesIn(site, await signIn(site.bootstrap))).toEqual(['north-1', 'south-1']);
});

/** The machines that the caller sees in the whole subscription. */
const namesIn = async ({ bootstrap }: Site, arm: ArmClient): Promise<readonly string[] | undefined> => {
  const { body } = await arm.send('GET', machinesIn(subscriptionScope(bootstrap)) + query);
  return body?.value.map(({ name }) => name);
};

/** ARM's own words, with the scope as it was asked for. */
const refusal = ({ appId, objectId }: Principal, action: string, scope: string): string =>
  `The client '${appId}' with object id '${objectId}' does not have authorization to perform action ` +
  `'Microsoft.HybridCompute/machines/${action}' over scope '${scope}' or the scope is invalid. ` +
  'If access was recently granted, please refresh your credentials.';

test('after connect the machine needs its onboarding principal no more', async ({ site }) => {
  const { machine, principal, scope, connect } = await onboard(site, 'west');
  expect(await connect()).toMatchObject({ code: 0 });
  const arm = await signIn(site.bootstrap, principal);
  expect(await holdfast('principal', 'delete', '--data', site.data, '--id', principal.appId)).toMatchObject({
    code: 0,
  });
  await eventually(
    'its token counts no more',
    async () => (await arm.send('GET', machinesIn(scope) + query)).status === 401,
  );

  // A certificate past its half-life is renewed at once.
  await machine.stopHimds();
  const certificateFile = join(machine.state, 'certs', 'identity.pem');
  const keyFile = join(machine.state, 'certs', 'identity.key');
  const dates = { from: daysFromNow(-50), to: daysFromNow(40) };
  const old = makeCertificate({ folder: site.folder, name: 'half-life', keyFile, ...dates });
  copyFileSync(old.certificateFile, certificateFile);
  const before = await machine.show();
  await machine.startHimds();
  await eventually(
    'the certificate is renewed',
    async () => readFileSync(certificateFile, 'utf8') !== readFileSync(old.certificateFile, 'utf8'),
  );
  const renewed = new Date((await machine.show()).certificateExpires);
  expect(renewed.getTime()).toBeGreaterThan(daysFromNow(80).getTime());

  const { lastHeartbeat } = await machine.show();
  await eventually('a further heartbeat', async () => (await machine.show()).lastHeartbeat > lastHeartbeat);
  const { token } = await localToken(machine, 'https://vault.example.com');
  expect(await verifyToken(site.bootstrap, token)).toMatchObject({ xms_mirid: before.resourceId });
  expect(await machine.show()).toMatchObject({ status: 'Connected', agentErrorCode: '' });
});
