import { expect, test } from 'vitest';
import type { CliWorld } from '../cli-world.ts';
import { parseConnectRequest } from './connect-request.ts';
import { mergeOptions } from './option-values.ts';

const subscription = '11111111-2222-4333-8444-55555555555A';
const least = {
  'subscription-id': subscription,
  'resource-group': 'Servers',
  location: 'West Europe',
  endpoint: 'https://arc.example:8443/',
  'access-token': 'a.b.c',
};

const parse = (given: Record<string, string>, world: Partial<CliWorld> = {}) => {
  const values = mergeOptions(new Map(Object.entries({ ...least, ...given })), new Map());
  const random = { bytes: (length: number) => new Uint8Array(length) };
  return parseConnectRequest(values, { env: {}, hostName: 'web01', random, ...world } as CliWorld);
};

test('the least that is needed, and what it defaults to', () => {
  expect(parse({})).toEqual({
    endpoint: 'https://arc.example:8443',
    caPem: null,
    credential: { kind: 'access-token', token: 'a.b.c' },
    tenantId: undefined,
    subscription: { id: subscription.toLowerCase() },
    resourceGroup: 'Servers',
    location: 'westeurope',
    resourceName: 'web01',
    tags: {},
    correlationId: '00000000-0000-4000-8000-000000000000',
    cloud: undefined,
    ignoreNetworkCheck: false,
  });
});

test.each([
  [{ 'subscription-id': 'Pay as you go' }, { subscription: { displayName: 'Pay as you go' } }],
  [{ 'resource-name': 'db.01_a-b' }, { resourceName: 'db.01_a-b' }],
  [{ endpoint: 'http://127.0.0.1:8080' }, { endpoint: 'http://127.0.0.1:8080' }],
  [{ cloud: 'AzureCloud' }, { cloud: 'AzureCloud' }],
  [{ tags: "Owner='the ops'" }, { tags: { Owner: 'the ops' } }],
  [{ 'tenant-id': subscription }, { tenantId: subscription.toLowerCase() }],
])('%j', (given, expected) => {
  expect(parse(given)).toMatchObject(expected);
});

test('address and certificates may come from the environment, and the command line wins', () => {
  const env = { HOLDFAST_ENDPOINT: 'https://from.env' };
  expect(parse({ endpoint: '' }, { env }).endpoint).toBe('https://from.env');
  expect(parse({}, { env }).endpoint).toBe('https://arc.example:8443');
  expect(() => parse({}, { env: { HOLDFAST_CA_FILE: '/absent.pem' } })).toThrow("--ca-file: '/absent.pem'");
});

const serviceAccount = {
  'access-token': '',
  'service-principal-id': subscription,
  'service-principal-secret': 'x',
};

test.each([
  [{ 'subscription-id': '', location: '' }, {}, 'AZCM0016', '--subscription-id, --location'],
  [{ endpoint: '' }, {}, 'AZCM0016', '--endpoint'],
  [serviceAccount, {}, 'AZCM0016', '--tenant-id'],
  [{ endpoint: 'http://arc.example' }, {}, 'AZCM0023', 'must use https'],
  [{ endpoint: 'https://user:pw@arc.example' }, {}, 'AZCM0023', 'must not carry credentials'],
  [{ endpoint: 'https://arc.example/path' }, {}, 'AZCM0023', 'without a path'],
  [{ 'resource-group': 'a/b' }, {}, 'AZCM0023', '--resource-group'],
  [{ 'resource-name': 'a b' }, {}, 'AZCM0023', "--resource-name: 'a b' is not 1 to 54"],
  [{ 'resource-name': 'x'.repeat(55) }, {}, 'AZCM0023', '--resource-name'],
  [{}, { hostName: 'x'.repeat(55) }, 'AZCM0102', 'is not 1 to 54'],
  [{}, { hostName: '' }, 'AZCM0102', 'no host name'],
  [{ 'correlation-id': 'abc' }, {}, 'AZCM0023', "--correlation-id: 'abc' is not a GUID"],
  [{ 'tenant-id': 'contoso' }, {}, 'AZCM0023', "--tenant-id: 'contoso' is not a GUID"],
  [{ cloud: 'AzureGermanCloud' }, {}, 'AZCM0023', '--cloud'],
  [{ tags: 'x' }, {}, 'AZCM0023', '--tags'],
  [{ 'ca-file': '/dev/null' }, {}, 'AZCM0023', "--ca-file: '/dev/null' holds no PEM certificate"],
])('%j in %j is refused with %s', (given, world, code, words) => {
  expect(() => parse(given, world)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }));
});
