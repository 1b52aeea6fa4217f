import { expect } from 'vitest';
import { type Az, type AzVersion, createAz, hasAz } from './support/az.ts';
import { loginByDevice } from './support/az-people.ts';
import { testWithBrowser } from './support/e2e-test.ts';
import { leaveOut } from './support/leave-out.ts';
import { openPage } from './support/open-page.ts';
import { daysFromNow, makeCertificate } from './support/openssl.ts';
import type { Principal, Site } from './support/site.ts';
import { verifyToken } from './support/verify-token.ts';

// How people and programs sign in with the Azure CLI as Debian 12 and Debian 13 have it, told of nothing but the cloud.

const test = testWithBrowser();
const versions: readonly AzVersion[] = ['2.45', '2.74'];

test.for(versions)('az %s is what it is taken for', async (version, { site, skip }) => {
  const az = await azFor({ version, site, skip });
  expect(await az.json('version')).toMatchObject({ 'azure-cli': expect.stringMatching(`^${version}\\.`) });
});

test.for(versions)('az %s signs in with a secret, gets tokens and lists', async (version, { site, skip }) => {
  const az = await azFor({ version, site, skip });
  const reader = await site.principal({ role: 'Reader' });
  const login = ['login', '--service-principal', '--tenant', site.bootstrap.tenantId, '--username', reader.appId];
  const refused = await az.run(...login, '--password', az.secret('not-the-secret'));
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('AADSTS7000215') });
  await az.json(...login, '--password', az.secret(reader.password));
  await expectProgram(az, site, reader);
});

test.for(versions)('az %s signs in with a certificate', async (version, { site, skip }) => {
  const az = await azFor({ version, site, skip });
  const dates = { from: daysFromNow(-1), to: daysFromNow(30) };
  const { certificateFile, bothFile } = makeCertificate({ folder: site.folder, name: `az-${version}`, ...dates });
  const reader = await site.principal({ role: 'Reader', certificateFile });
  const option = version === '2.45' ? '--password' : '--certificate';
  const who = ['--tenant', site.bootstrap.tenantId, '--username', reader.appId];
  await az.json('login', '--service-principal', ...who, option, bothFile);
  await expectProgram(az, site, reader);
});

// 2.45 is registered with an alias that stands for one tenant, so it asks in that one whatever it is told.
test.for([
  { version: '2.45', tenant: true, script: true },
  { version: '2.45', tenant: true, script: false },
  { version: '2.74', tenant: true, script: false },
  { version: '2.74', tenant: false, script: true },
] as const)(
  'az $version signs a person in by device code (tenant named: $tenant, pages with script: $script)',
  async ({ version, tenant, script }, { site, browser, skip }) => {
    const az = await azFor({ version, site, skip });
    const page = await openPage(browser, skip, { javaScriptEnabled: script });
    const { admin, tenantId } = site.bootstrap;
    await loginByDevice(az, page, admin, ...(tenant ? ['--tenant', tenantId] : []));
    await expectPerson(az, site);
  },
);

const azFor = async (wish: { version: AzVersion; site: Site; skip: (note: string) => void }): Promise<Az> => {
  const { version, site, skip } = wish;
  if (!hasAz(version)) leaveOut(`az ${version} is not here: run e2e/clients/install`, skip);
  return createAz({ version, folder: site.folder, bootstrap: site.bootstrap });
};

const tokenOf = async (az: Az, { bootstrap }: Site, ...args: readonly string[]) => {
  const { accessToken } = await az.json<{ accessToken: string }>('account', 'get-access-token', ...args);
  return verifyToken(bootstrap, accessToken);
};

const expectProgram = async (az: Az, site: Site, { appId, objectId }: Principal): Promise<void> => {
  const { endpoint, subscriptionId, tenantId, resourceGroup } = site.bootstrap;
  const who = { tid: tenantId, oid: objectId, appid: appId, idtyp: 'app' };
  expect(await tokenOf(az, site)).toMatchObject({ aud: endpoint, ...who });
  expect(await az.json('account', 'show')).toMatchObject({ id: subscriptionId, user: { name: appId } });
  expect(await az.json('group', 'list')).toMatchObject([{ name: resourceGroup }]);
};

/** The Azure CLI's own id, the same in every cloud. */
const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

const expectPerson = async (az: Az, site: Site): Promise<void> => {
  const { admin, endpoint, subscriptionId, tenantId, resourceGroup } = site.bootstrap;
  const who = { tid: tenantId, upn: admin.username, appid: azureCli, idtyp: 'user' };
  expect(await tokenOf(az, site)).toMatchObject({ aud: endpoint, ...who });
  const user = { name: admin.username, type: 'user' };
  expect(await az.json('account', 'show')).toMatchObject({ id: subscriptionId, tenantId, user });
  expect(await az.json('group', 'list')).toMatchObject([{ name: resourceGroup }]);
  // Another resource, by the refresh token.
  expect(await tokenOf(az, site, '--resource-type', 'ms-graph')).toMatchObject(who);
  expect(await az.json('ad', 'signed-in-user', 'show')).toMatchObject({ userPrincipalName: admin.username });
};
