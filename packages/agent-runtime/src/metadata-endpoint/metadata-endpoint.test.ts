import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { minutes } from '@holdfast/kernel';
import { systemCommand } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { statePaths } from '../local-state/state-paths.ts';
import { type HttpAsked, httpGet } from '../testing/http-get.ts';
import { createTestMachine, type TestMachine, until } from '../testing/test-himds.ts';

let machine: TestMachine;
let port: number;

beforeEach(async () => {
  machine = await createTestMachine();
  machine.fake.over.nextHeartbeatSeconds = 3600;
  const himds = await machine.start();
  port = Number(new URL(himds.status().metadataEndpoint.url).port);
});
afterEach(() => machine.remove());

const metadata = { metadata: 'true' };
const arm = 'https%3A%2F%2Fmanagement.azure.com';
const tokenPath = (resource = arm, more = '') =>
  `/metadata/identity/oauth2/token?api-version=2020-06-01&resource=${resource}${more}`;
const get = (path: string, headers: Record<string, string> = metadata, more: Partial<HttpAsked> = {}) =>
  httpGet({ port, path, headers, ...more });

/** The challenge's file, as the header names it. */
const challenge = async (path = tokenPath()): Promise<string> => {
  const { status, rawHeaders } = await get(path);
  expect(status).toBe(401);
  const at = rawHeaders.indexOf('Www-Authenticate');
  return (rawHeaders[at + 1] ?? '').replace('Basic realm=', '');
};
const withSecret = (secret: string) => ({ ...metadata, authorization: `Basic ${secret}` });
const token = async (path = tokenPath()) => get(path, withSecret(readFileSync(await challenge(path), 'utf8')));

describe('a token', () => {
  const recipeRuns = ['bash', 'curl', 'grep'].every((each) => systemCommand(each));
  test.skipIf(!recipeRuns)('by the published shell recipe', async () => {
    await machine.connect();
    const url = `http://127.0.0.1:${port}${tokenPath()}`;
    const script = `
      path=$(curl -s -D - -H Metadata:true "${url}" | grep Www-Authenticate | cut -d "=" -f 2 | tr -d "[:cntrl:]")
      secret=$(cat $path)
      curl -s -H Metadata:true -H "Authorization: Basic $secret" "${url}"`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script]);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      access_token: expect.stringMatching(/^token-\d+-for-https:\/\/management\.azure\.com$/),
      client_id: 'aaaaaaaa-0000-4000-8000-000000000002',
      resource: 'https://management.azure.com',
      token_type: 'Bearer',
    });
    for (const name of ['expires_in', 'expires_on', 'ext_expires_in', 'not_before'])
      expect(answer[name]).toMatch(/^\d+$/);
    expect(Math.abs(Number(answer.expires_in) - 86_400)).toBeLessThanOrEqual(2);
  });

  test('needs the exact secret of a live file, once, within five minutes', async () => {
    await machine.connect();
    const path = await challenge();
    expect(path).toMatch(new RegExp(`^${statePaths(machine.root).tokensFolder}/[0-9a-f-]{36}\\.key$`));
    expect((statSync(path).mode & 0o777).toString(8)).toBe('440');
    const secret = readFileSync(path, 'utf8');
    expect(secret).not.toMatch(/\s/);
    for (const wrong of [`${secret}x`, secret.slice(0, -1), secret.replace(/.$/, '_'), 'x', secret.slice(0, 36)])
      expect((await get(tokenPath(), withSecret(wrong))).status).toBe(401);
    expect((await get(tokenPath(), { ...metadata, authorization: `Bearer ${secret}` })).status).toBe(401);
    expect((await get(tokenPath(), withSecret(secret))).status).toBe(200);
    expect((await get(tokenPath(), withSecret(secret))).status).toBe(401);
    expect(() => statSync(path)).toThrow();
    const late = readFileSync(await challenge(), 'utf8');
    await machine.pass(minutes(5));
    expect((await get(tokenPath(), withSecret(late))).status).toBe(401);
  });

  test('leaves at most a thousand live files, and none behind', async () => {
    await machine.connect();
    const { tokensFolder } = statePaths(machine.root);
    for (let n = 0; n < 1010; n += 1) await challenge();
    expect(readdirSync(tokensFolder).length).toBeLessThanOrEqual(1000);
    const himds = await machine.client.status();
    expect(himds.state).toBe('Connected');
    await machine.pass(minutes(6));
    await challenge();
    expect(readdirSync(tokensFolder)).toHaveLength(1);
  });

  test('is kept for its resource, with and without a slash, until asked for anew or nearly over', async () => {
    await machine.connect();
    const first = (await token()).body;
    const slashed = (await token(tokenPath(`${arm}%2F`))).body;
    expect([slashed.access_token, slashed.resource]).toEqual([first.access_token, 'https://management.azure.com/']);
    expect((await token(tokenPath('https%3A%2F%2Fvault.azure.net'))).body.access_token).not.toBe(first.access_token);
    const anew = (await token(tokenPath(arm, '&bypass_cache=true'))).body;
    expect(anew.access_token).not.toBe(first.access_token);
    expect((await token()).body.access_token).toBe(anew.access_token);
    await machine.pass(minutes(24 * 60 - 9));
    expect((await token()).body.access_token).not.toBe(anew.access_token);
  });

  test('is served from what is kept while the control plane is away, and refused clearly after', async () => {
    await machine.connect();
    const first = (await token()).body;
    await machine.fake.stop();
    await machine.pass(minutes(24 * 60 - 5));
    expect((await token()).body).toMatchObject({ access_token: first.access_token });
    await machine.pass(minutes(10));
    const refused = await token();
    expect([refused.status, refused.body.error]).toEqual([503, 'temporarily_unavailable']);
    expect(refused.body.error_description).toContain('cannot be reached');
    expect((await get('/metadata/instance')).body.compute.name).toBe('web-1');
  });

  test('is not got by a machine that is not connected, nor after disconnect', async () => {
    const before = await get(tokenPath());
    expect([before.status, before.body.error_description]).toEqual([503, expect.stringContaining('azcmagent connect')]);
    await machine.connect();
    const secret = readFileSync(await challenge(), 'utf8');
    await machine.client.disconnect();
    expect((await get(tokenPath(), withSecret(secret))).status).toBe(503);
  });

  test('refused by the control plane passes its words, and never looks like a challenge', async () => {
    await machine.connect();
    const path = await challenge();
    const body = { error: { code: 'MachineUnknown', message: 'gone' } };
    machine.fake.instead.push({ status: 401, body });
    const refused = await get(tokenPath(), withSecret(readFileSync(path, 'utf8')));
    expect([refused.status, refused.body.error_description]).toEqual([403, 'MachineUnknown: gone']);
  });
});

describe('requests that are wrong', () => {
  beforeEach(() => machine.connect());

  test.each([
    ['without the metadata header', {}, tokenPath()],
    ['with it false', { metadata: 'false' }, tokenPath()],
    ['without api-version', metadata, `/metadata/identity/oauth2/token?resource=${arm}`],
    ['without resource', metadata, '/metadata/identity/oauth2/token?api-version=2020-06-01'],
    ['with two resources', metadata, tokenPath(arm, '&resource=x')],
    ['with client_id', metadata, tokenPath(arm, '&client_id=x')],
    ['with object_id', metadata, tokenPath(arm, '&object_id=x')],
    ['with principal_id', metadata, tokenPath(arm, '&principal_id=x')],
    ['with msi_res_id', metadata, tokenPath(arm, '&msi_res_id=x')],
    ['with mi_res_id', metadata, tokenPath(arm, '&mi_res_id=x')],
    ['for metadata without the header', {}, '/metadata/instance'],
  ])('%s are a 400 that says why', async (_, headers, path) => {
    const { status, body } = await get(path, headers);
    expect([status, body]).toEqual([400, { error: 'invalid_request', error_description: expect.stringMatching(/.+/) }]);
  });

  test.each([
    ['an origin', { ...metadata, origin: 'https://evil.example' }],
    ['a referer', { ...metadata, referer: 'https://evil.example/' }],
    ['a rebound host', { ...metadata, host: 'evil.example' }],
    ['a rebound host with our port', { ...metadata, host: 'evil.example:40342' }],
    ['a host that only begins like ours', { ...metadata, host: 'localhost.evil.example' }],
    ['a forwarded client', { ...metadata, 'x-forwarded-for': '10.0.0.1' }],
  ])('with %s are forbidden on every path, and leave no challenge', async (_, headers) => {
    for (const path of [tokenPath(), '/metadata/instance', '/agentstatus', '/nowhere'])
      expect((await get(path, headers)).status).toBe(403);
    expect(readdirSync(statePaths(machine.root).tokensFolder)).toEqual([]);
  });

  test('paths and methods nobody serves', async () => {
    expect((await get('/metadata/scheduledevents')).status).toBe(404);
    expect((await get('/__proto__')).status).toBe(404);
    expect((await get('http://localhost/metadata/instance')).status).toBe(404);
    expect((await get(tokenPath(), metadata, { method: 'POST' })).status).toBe(405);
    expect((await get(tokenPath(), metadata, { method: 'OPTIONS' })).status).toBe(405);
  });

  test.each(['localhost', 'localhost:40342', '127.0.0.1', '[::1]:40342', 'LOCALHOST'])(
    'the host %s is ours',
    async (host) => {
      expect((await get('/metadata/instance', { Metadata: 'True', host })).status).toBe(200);
    },
  );
});

describe('metadata', () => {
  test('of the instance', async () => {
    await machine.connect();
    const { body } = await get('/metadata/instance?api-version=2020-06-01');
    expect(body.network).toEqual({});
    expect(body.compute).toMatchObject({
      azEnvironment: 'AzurePublicCloud',
      location: 'local',
      name: 'web-1',
      osType: 'linux',
      resourceGroupName: 'servers',
      resourceId: expect.stringContaining('/machines/web-1'),
      sku: 'Debian GNU/Linux 12 (bookworm)',
      subscriptionId: machine.target.subscriptionId,
      tags: 'role:web;site:a',
      tagsList: [
        { name: 'role', value: 'web' },
        { name: 'site', value: 'a' },
      ],
      version: '6.1.0',
      vmSize: '',
      publicKeys: null,
    });
    expect((await get('//metadata/Instance/compute/')).body).toEqual(body.compute);
    expect((await get('/metadata/identity/info')).body).toEqual({ tenantId: machine.target.tenantId });
  });

  test('of the agent, without a header', async () => {
    expect((await get('/agentstatus', {})).body.status).toBe('NotConnected');
    expect((await get('/metadata/instance')).status).toBe(503);
    await machine.connect();
    expect((await get('/agentstatus', {})).body).toMatchObject({ status: 'Connected', errorCode: '' });
  });

  test('is served on the IPv6 loopback as well', async () => {
    await machine.connect();
    const answer = await get('/metadata/instance', metadata, { host: '::1' }).catch((error) => error.code);
    // A machine may have no IPv6 loopback.
    expect([200, 'EADDRNOTAVAIL', 'ECONNREFUSED']).toContain(typeof answer === 'string' ? answer : answer.status);
  });
});

test('a taken port is said, waited for and taken over', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await until(() => other.listening);
  const taken = (other.address() as AddressInfo).port;
  const second = await createTestMachine();
  try {
    const himds = await second.start({ metadataPort: taken });
    expect(himds.status().metadataEndpoint).toMatchObject({
      url: `http://localhost:${taken}`,
      state: 'unavailable',
      detail: expect.stringContaining('EADDRINUSE'),
    });
    await second.connect();
    expect(himds.status().state).toBe('Connected');
    other.close();
    await until(() => !other.listening);
    await second.clock.advance(minutes(1));
    await until(() => himds.status().metadataEndpoint.state === 'listening');
  } finally {
    other.close();
    await second.remove();
  }
});

test('what an earlier process left in the tokens folder is cleared, other files are not', async () => {
  const { tokensFolder } = statePaths(machine.root);
  const second = await createTestMachine();
  try {
    const himds = await second.start();
    await himds.stop();
    const folder = statePaths(second.root).tokensFolder;
    writeFileSync(join(folder, '0a0a0a0a-0000-4000-8000-000000000000.key'), 'x');
    writeFileSync(join(folder, 'mine.txt'), 'x');
    await second.start();
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  } finally {
    await second.remove();
  }
  expect(readdirSync(tokensFolder)).toEqual([]);
});
