import { type ApiVersion, apiVersion } from '@holdfast/arm';
import { describe, expect, test } from 'vitest';
import { cloud, contextWith } from '../resources-world.test-support.ts';
import { getEndpoints } from './get-endpoints.ts';

const endpointsAt = async (version: string): Promise<unknown> => {
  const context = { ...contextWith({ apiVersion: apiVersion(version) as ApiVersion }), caller: undefined };
  const { status, body } = await getEndpoints({ cloud })({
    context,
    parameters: {},
    query: new Map(),
    body: undefined,
  });
  expect(status).toBe(200);
  return body;
};

const audiences = ['https://arm.example:8443', 'https://management.azure.com/', 'https://management.core.windows.net/'];
/** The values that clients insist on: others make them take this for Azure Stack. */
const authentication = { loginEndpoint: 'https://login.example', audiences, tenant: 'common', identityProvider: 'AAD' };
const cloudObject = {
  name: 'Holdfast',
  resourceManager: 'https://arm.example:8443',
  portal: 'https://portal.example/portal',
  authentication,
  graph: 'https://graph.example',
  graphAudience: 'https://graph.example',
  microsoftGraphResourceId: 'https://graph.example',
  suffixes: { keyVaultDns: expect.any(String), storage: expect.any(String) },
};

describe('the cloud’s endpoints have the shape that each generation of clients reads', () => {
  test.each(['2015-01-01', '2018-01-01'])('%s: flat, with the host among the cloud endpoints', async (version) => {
    expect(await endpointsAt(version)).toMatchObject({
      galleryEndpoint: expect.any(String),
      graphEndpoint: 'https://graph.example',
      graphAudience: 'https://graph.example',
      portalEndpoint: 'https://portal.example/portal',
      authentication,
      cloudEndpoint: { public: { endpoint: 'arm.example:8443', locations: ['local', 'northsite'] } },
    });
  });

  test.each(['2018-05-01', '2019-05-01', '2020-06-01', '2022-08-31'])('%s: a list of clouds', async (version) => {
    expect(await endpointsAt(version)).toMatchObject([cloudObject]);
  });

  test.each(['2022-09-01', '2023-12-01'])('%s: the one cloud', async (version) => {
    expect(await endpointsAt(version)).toMatchObject(cloudObject);
  });

  test('no address ends in a slash: clients append to it, and one would poll for ever', async () => {
    for (const version of ['2015-01-01', '2020-06-01', '2022-09-01']) {
      const addresses = [...JSON.stringify(await endpointsAt(version)).matchAll(/"(https:[^"]*)"/g)].map(
        ([, url]) => url,
      );
      expect(addresses.filter((url) => url?.endsWith('/'))).toEqual([
        'https://management.azure.com/',
        'https://management.core.windows.net/',
      ]);
    }
  });
});
