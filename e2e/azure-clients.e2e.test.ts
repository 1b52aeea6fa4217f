import type { HybridComputeManagementClient } from '@azure/arm-hybridcompute';
import { expect } from 'vitest';
import { signIn } from './support/arm-client.ts';
import { automationCredential, azureClients, certificateCredential, secretCredential } from './support/azure.ts';
import { testWithSite } from './support/e2e-test.ts';
import { daysFromNow, makeCertificate } from './support/openssl.ts';
import { groupScope, machinesIn } from './support/scopes.ts';

// The product with Azure's own libraries, as their users set them up.

const test = testWithSite();

test('a client secret and a client certificate sign in', async ({ site }) => {
  const { bootstrap, folder } = site;
  const dates = { from: daysFromNow(-1), to: daysFromNow(30) };
  const { certificateFile, bothFile } = makeCertificate({ folder, name: 'reader', ...dates });
  const byCertificate = await site.principal({ role: 'Reader', certificateFile });
  const bySecret = await site.principal({ role: 'Reader' });
  for (const credential of [
    certificateCredential(bootstrap, byCertificate, bothFile),
    secretCredential(bootstrap, bySecret),
  ]) {
    const { resources } = azureClients(bootstrap, credential);
    expect(await resources.resourceGroups.get(bootstrap.resourceGroup)).toMatchObject({
      id: groupScope(bootstrap),
      location: bootstrap.location,
    });
    await expect(resources.resourceGroups.createOrUpdate('mine', { location: 'local' })).rejects.toMatchObject({
      statusCode: 403,
      code: 'AuthorizationFailed',
    });
  }
});

test('a resource group lives and dies through @azure/arm-resources', async ({ site }) => {
  const { resources } = azureClients(site.bootstrap, automationCredential(site.bootstrap));
  const { resourceGroups } = resources;
  const tags = { stage: 'test', owner: 'Ops' };
  expect(await resourceGroups.createOrUpdate('Web-North', { location: 'local', tags })).toMatchObject({
    name: 'Web-North',
    tags,
    properties: { provisioningState: 'Succeeded' },
  });
  expect(await resourceGroups.get('web-north')).toMatchObject({ name: 'Web-North' });
  expect(await resourceGroups.checkExistence('WEB-NORTH')).toMatchObject({ body: true });
  expect(await resourceGroups.update('Web-North', { tags: { stage: 'live' } })).toMatchObject({
    tags: { stage: 'live' },
  });
  const names = [];
  for await (const group of resourceGroups.list()) names.push(group.name);
  expect(names).toEqual(['servers', 'Web-North']);
  await resourceGroups.beginDeleteAndWait('Web-North');
  expect(await resourceGroups.checkExistence('Web-North')).toMatchObject({ body: false });
});

test('@azure/arm-hybridcompute pages through machines, shows one and deletes it', async ({ site }) => {
  const { bootstrap } = site;
  const { resources, hybridCompute } = azureClients(bootstrap, automationCredential(bootstrap));
  await resources.resourceGroups.createOrUpdate('fleet', { location: 'local' });
  const arm = await signIn(bootstrap);
  const names = ['db-1', 'db-2', 'web-1', 'web-2', 'web-3'];
  for (const name of names) {
    const path = machinesIn(groupScope(bootstrap, 'fleet'), name);
    const { status } = await arm.send('PUT', `${path}?api-version=2024-07-10`, { body: { location: 'local' } });
    expect(status).toBe(200);
  }

  askForPagesOf(2, hybridCompute);
  const pages = [];
  for await (const page of hybridCompute.machines.listByResourceGroup('fleet').byPage())
    pages.push(page.map(({ name }) => name));
  expect(pages).toEqual([['db-1', 'db-2'], ['web-1', 'web-2'], ['web-3']]);
  const all = [];
  for await (const { name } of hybridCompute.machines.listBySubscription()) all.push(name);
  expect(all).toEqual(names);

  expect(await hybridCompute.machines.get('FLEET', 'WEB-1')).toMatchObject({
    name: 'web-1',
    type: 'Microsoft.HybridCompute/machines',
    identity: { type: 'SystemAssigned' },
    properties: { status: 'Disconnected', provisioningState: 'Succeeded' },
  });
  await hybridCompute.machines.delete('fleet', 'web-1');
  await hybridCompute.machines.delete('fleet', 'web-1');
  await expect(hybridCompute.machines.get('fleet', 'web-1')).rejects.toMatchObject({
    statusCode: 404,
    code: 'ResourceNotFound',
  });
});

/** The library has no word for it, so it is said on the first request; next links carry it on. */
const askForPagesOf = (size: number, { pipeline }: HybridComputeManagementClient): void =>
  pipeline.addPolicy({
    name: 'pageSize',
    sendRequest: (request, next) => {
      const url = new URL(request.url);
      if (url.pathname.endsWith('/machines') && !url.searchParams.has('$top')) url.searchParams.set('$top', `${size}`);
      request.url = url.href;
      return next(request);
    },
  });
