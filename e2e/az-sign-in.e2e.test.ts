import { expect } from 'vitest';
import { type Az, type AzVersion, createAz, hasAz } from './support/az.ts';
import { testWithSite } from './support/e2e-test.ts';
import { leaveOut } from './support/leave-out.ts';
import { daysFromNow, makeCertificate } from './support/openssl.ts';
import type { Principal, Site } from './support/site.ts';
import { verifyToken } from './support/verify-token.ts';

// The Azure CLI as Debian 12 and Debian 13 have it, told of nothing but the cloud.

const test = testWithSite();
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
  await expectSignedIn(az, site, reader);
});

test.for(versions)('az %s signs in with a certificate', async (version, { site, skip }) => {
  const az = await azFor({ version, site, skip });
  const dates = { from: daysFromNow(-1), to: daysFromNow(30) };
  const { certificateFile, bothFile } = makeCertificate({ folder: site.folder, name: `az-${version}`, ...dates });
  const reader = await site.principal({ role: 'Reader', certificateFile });
  const option = version === '2.45' ? '--password' : '--certificate';
  const who = ['--tenant', site.bootstrap.tenantId, '--username', reader.appId];
  await az.json('login', '--service-principal', ...who, option, bothFile);
  await expectSignedIn(az, site, reader);
});

const azFor = async (wish: { version: AzVersion; site: Site; skip: (note: string) => void }): Promise<Az> => {
  const { version, site, skip } = wish;
  if (!hasAz(version)) leaveOut(`az ${version} is not here: run e2e/clients/install`, skip);
  return createAz({ version, folder: site.folder, bootstrap: site.bootstrap });
};

const expectSignedIn = async (az: Az, { bootstrap }: Site, { appId, objectId }: Principal): Promise<void> => {
  const { accessToken, tenant } = await az.json<{ accessToken: string; tenant: string }>('account', 'get-access-token');
  expect(tenant).toBe(bootstrap.tenantId);
  expect(await verifyToken(bootstrap, accessToken)).toMatchObject({
    aud: bootstrap.endpoint,
    oid: objectId,
    appid: appId,
  });
  expect(await az.json('account', 'show')).toMatchObject({ id: bootstrap.subscriptionId, user: { name: appId } });
  expect(await az.json('group', 'list')).toMatchObject([{ name: bootstrap.resourceGroup }]);
};
