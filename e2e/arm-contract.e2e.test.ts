import { describe, expect } from 'vitest';
import { type ArmAnswer, type ArmClient, signIn } from './support/arm-client.ts';
import { unusedDeviations } from './support/contract/judge.ts';
import { findSpecifications, specificationsOf } from './support/contract/specifications.ts';
import { testWithSite } from './support/e2e-test.ts';
import { groupScope, machinesIn, subscriptionScope } from './support/scopes.ts';
import { connectScripted, createScriptedMachine, everyFact } from './support/scripted-machine.ts';
import type { Site } from './support/site.ts';

// Every call of the resource manager in every published api-version. The site judges each exchange by the published
// contracts when it closes; what they leave open is stated here.

const specifications = findSpecifications();
if (specifications === undefined)
  console.warn('There are no API contracts (HOLDFAST_SPECS): the answers are not judged by them.');

const published = (provider: string, otherwise: readonly string[]): readonly string[] =>
  specifications === undefined ? otherwise : specificationsOf(specifications, provider).map((each) => each.apiVersion);

/** In use by clients, but not in the contract files: they are judged by the nearest older one. */
const unpublished = ['2023-10-03-preview', '2024-05-20-preview', '2024-11-10-preview', '2025-06-01'];
const machineVersions = [...published('hybridcompute', ['2022-12-27', '2026-07-15']), ...unpublished].sort();
const groupVersions = ['2021-04-01', '2022-09-01', '2024-07-01'];
const subscriptionVersions = ['2019-11-01', '2022-12-01'];
const deletionRuns = (version: string): boolean => version >= '2025-01-13';

interface Fleet {
  readonly arm: ArmClient;
  readonly group: string;
  /** A machine that reports everything it can, and of which a copy was heard. */
  readonly reporting: string;
}

const openFleet = async ({ bootstrap }: Site): Promise<Fleet> => {
  const arm = await signIn(bootstrap);
  const group = groupScope(bootstrap);
  const reporting = machinesIn(group, 'reporting');
  const machine = createScriptedMachine(bootstrap.endpoint);
  await connectScripted(arm, reporting, machine);
  await machine.beat(1, { facts: everyFact, factsDigest: '1'.repeat(64) });
  await machine.beat(1, { copy: { hostName: 'other', bootId: 'boot-2' } });
  return { arm, group, reporting };
};

const test = testWithSite().extend('fleet', { scope: 'file' }, ({ site }) => openFleet(site));

describe.each(machineVersions)('machines at %s', (version) => {
  const query = `?api-version=${version}`;

  test('are read and listed', async ({ site, fleet: { arm, group, reporting } }) => {
    const read = await arm.send('GET', reporting + query);
    expect(read).toMatchObject({
      status: 200,
      body: {
        name: 'reporting',
        properties: { status: 'Connected', osSku: everyFact.os.sku, errorDetails: [{ code: 'CloneSuspected' }] },
      },
    });
    expect(read.body?.properties['statusReason']).toBe(version >= '2026-06-16' ? 'Cloned' : undefined);
    for (const scope of [group, subscriptionScope(site.bootstrap)]) {
      const list = await arm.send('GET', machinesIn(scope) + query);
      expect(list).toMatchObject({ status: 200, body: { value: [{ name: 'reporting' }] } });
    }
  });

  test('are made, changed and deleted', async ({ fleet: { arm, group } }) => {
    const path = machinesIn(group, `made-${version}`);
    const made = { location: 'local', tags: { a: '1' }, properties: settingsAt(version) };
    expect(await arm.send('PUT', path + query, { body: made })).toMatchObject({
      status: 200,
      body: { location: 'local', tags: { a: '1' }, properties: { provisioningState: 'Succeeded' } },
    });
    expect(await arm.send('PATCH', path + query, { body: { tags: { b: '2' } } })).toMatchObject({
      status: 200,
      body: { tags: { b: '2' }, properties: settingsAt(version) },
    });
    const deleted = await arm.send('DELETE', path + query);
    expect(deleted).toMatchObject({ status: deletionRuns(version) ? 202 : 200, body: undefined });
    if (deletionRuns(version)) await expectFinished(arm, deleted);
    expect(await arm.send('DELETE', path + query)).toMatchObject({ status: 204 });
    expect(await arm.send('GET', path + query)).toMatchObject({
      status: 404,
      body: { error: { code: 'ResourceNotFound' } },
    });
  });
});

/** What people may set, as far as the version knows it. */
const settingsAt = (version: string): Record<string, unknown> => ({
  locationData: { name: 'Hall 3', city: 'Oslo', district: 'East', countryOrRegion: 'Norway' },
  ...(version >= '2022-03-10' && {
    osProfile: { linuxConfiguration: { patchSettings: { assessmentMode: 'ImageDefault', patchMode: 'Manual' } } },
  }),
  ...(version >= '2022-12-27' && { agentUpgrade: { desiredVersion: '1.2', enableAutomaticUpgrade: true } }),
  ...(version >= '2025-01-13' && { identityKeyStore: 'Default' }),
});

/** Both poll addresses of a deletion hold its end. */
const expectFinished = async (arm: ArmClient, { headers }: ArmAnswer): Promise<void> => {
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  const status = await arm.send('GET', headers.get('azure-asyncoperation') ?? '');
  expect(status).toMatchObject({ status: 200, body: { status: 'Succeeded', startTime: expect.any(String) } });
  expect(status.body?.properties).toBeUndefined();
  const result = await arm.send('GET', headers.get('location') ?? '');
  expect([200, 204]).toContain(result.status);
  expect(result.body).toBeUndefined();
};

test.for(groupVersions)('resource groups at %s', async (version, { site: { bootstrap }, fleet: { arm } }) => {
  const query = `?api-version=${version}`;
  const path = groupScope(bootstrap, `group-${version}`);
  const made = { location: 'local', tags: { a: '1' } };
  expect(await arm.send('PUT', path + query, { body: made })).toMatchObject({ status: 201, body: made });
  expect(await arm.send('PUT', path + query, { body: made })).toMatchObject({ status: 200, body: made });
  expect(await arm.send('GET', path + query)).toMatchObject({ status: 200, body: made });
  expect(await arm.send('HEAD', path + query)).toMatchObject({ status: 204 });
  const changed = await arm.send('PATCH', path + query, { body: { tags: { b: '2' } } });
  expect(changed).toMatchObject({ status: 200, body: { tags: { b: '2' } } });
  const first = await arm.send('GET', `${subscriptionScope(bootstrap)}/resourcegroups${query}&$top=1`);
  expect(first).toMatchObject({ status: 200, body: { value: [{ name: `group-${version}` }] } });
  const second = await arm.send('GET', first.body?.nextLink ?? '');
  expect(second).toMatchObject({ status: 200, body: { value: [{ name: bootstrap.resourceGroup }] } });
  expect(second.body?.nextLink).toBeUndefined();
  const deleted = await arm.send('DELETE', path + query);
  expect(deleted).toMatchObject({ status: 202, body: undefined });
  expect(await arm.send('GET', deleted.headers.get('location') ?? '')).toMatchObject({ status: 200 });
  expect(await arm.send('HEAD', path + query)).toMatchObject({ status: 404, body: undefined });
  expect(await arm.send('GET', path + query)).toMatchObject({ status: 404 });
});

test.for(subscriptionVersions)('subscriptions at %s', async (version, { site: { bootstrap }, fleet: { arm } }) => {
  const query = `?api-version=${version}`;
  const { subscriptionId, tenantId } = bootstrap;
  const one = { subscriptionId, displayName: 'Servers', state: 'Enabled' };
  expect(await arm.send('GET', `/subscriptions${query}`)).toMatchObject({ status: 200, body: { value: [one] } });
  const scope = subscriptionScope(bootstrap);
  expect(await arm.send('GET', scope + query)).toMatchObject({ status: 200, body: one });
  const locations = await arm.send('GET', `${scope}/locations${query}`);
  expect(locations).toMatchObject({ status: 200, body: { value: [{ name: 'local' }] } });
  const tenants = await arm.send('GET', `/tenants${query}`);
  expect(tenants).toMatchObject({ status: 200, body: { value: [{ tenantId }] } });
});

test('the cloud describes itself in the shape that each kind of client reads', async ({ site: { bootstrap } }) => {
  const { endpoint } = bootstrap;
  const authentication = { loginEndpoint: endpoint, identityProvider: 'AAD', tenant: 'common' };
  const cloud = { name: 'Holdfast', resourceManager: endpoint, authentication, suffixes: expect.any(Object) };
  const shapes = {
    '1.0': { galleryEndpoint: endpoint, graphEndpoint: endpoint, authentication },
    '2015-01-01': { galleryEndpoint: endpoint, graphEndpoint: endpoint, authentication },
    '2018-01-01': { cloudEndpoint: { public: { endpoint: new URL(endpoint).host, locations: ['local'] } } },
    '2018-05-01': [cloud],
    '2020-06-01': [cloud],
    '2022-09-01': cloud,
    '2025-01-01': cloud,
  };
  for (const [version, shape] of Object.entries(shapes)) {
    const answer = await fetch(`${endpoint}//metadata/endpoints?api-version=${version}`);
    expect([version, answer.status, await answer.json()]).toMatchObject([version, 200, shape]);
  }
});

test.skipIf(specifications === undefined)('every accepted deviation is still one', async ({ site }) => {
  expect(await unusedDeviations(specifications ?? '', site.recorder.exchanges)).toEqual([]);
});
