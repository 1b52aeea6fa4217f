import { afterAll, describe, expect, test } from 'vitest';
import { createTestHost, subscription, subscriptionId, things, version } from './test-host.test-support.ts';
import { origin, tokenOf } from './test-tokens.test-support.ts';

const { host } = createTestHost();
afterAll(() => host.close());

const authorization = `Bearer ${await tokenOf()}`;
const call = (method: string, url: string, more: { headers?: object; payload?: string } = {}) =>
  host.inject({ method, url, ...more, headers: { authorization, ...more.headers } } as never);
const get = (url: string) => call('GET', url);

describe('a path is found however a client spells it', () => {
  const id = `${things}/Web-01`;
  test.each([
    id,
    id.toLowerCase().replace('web-01', 'Web-01'),
    id.replace('resourceGroups', 'RESOURCEGROUPS').replace('/things', '/Things'),
    `/${id}`,
    id.replace('/things/', '//things/'),
    id.replace('Web-01', '%57eb-01'),
  ])('%s', async (url) => {
    for (const tail of ['', '/']) {
      const reply = await get(`${url}${tail}?${version}`);
      expect(reply.statusCode).toBe(200);
      expect(reply.json().parameters.thingName).toBe('Web-01');
    }
  });

  test('parameters keep their letter case', async () => {
    const url = `/Subscriptions/${subscriptionId.toUpperCase()}/RESOURCEGROUPS/My-Rg/providers/TEST.things/things/ÄÖ?${version}`;
    expect((await get(encodeURI(url))).json().parameters).toEqual({
      subscriptionId: subscriptionId.toUpperCase(),
      groupName: 'My-Rg',
      thingName: 'ÄÖ',
    });
  });

  test('and links start with the public origin, whatever host was asked', async () => {
    const reply = await call('GET', `${id}?${version}`, { headers: { host: 'evil.example' } });
    expect(reply.json().origin).toBe(origin);
    expect(reply.body).not.toContain('evil.example');
  });
});

describe('a query', () => {
  test.each([
    ["$filter=tagName%20eq%20'a'", '$filter', "tagName eq 'a'"],
    ["%24filter=tagName+eq+'a'", '$filter', "tagName eq 'a'"],
    ['$Filter=atScope()', '$filter', 'atScope()'],
    ['$filter=atScope%28%29', '$filter', 'atScope()'],
    ['$TOP=5', '$top', '5'],
  ])('%s', async (query, name, value) => {
    expect((await get(`${subscription}/providers/Test.Things/things?${version}&${query}`)).json().query[name]).toBe(
      value,
    );
  });

  test.each(['API-Version=2024-01-01', 'api-version=2024-01-01'])('%s names the version', async (query) => {
    expect((await get(`${things}/t?${query}`)).json().apiVersion).toBe('2024-01-01');
  });

  test.each([
    ['/subscriptions', 'MissingApiVersionParameter'],
    ['/subscriptions?api-version=', 'MissingApiVersionParameter'],
    ['/subscriptions?api-version=soon', 'InvalidApiVersionParameter'],
    ['/subscriptions?api-version=2019-12-31', 'InvalidApiVersionParameter'],
    [`${things}/t?api-version=2023-12-31`, 'NoRegisteredProviderFound'],
  ])('%s is 400 %s', async (url, code) => {
    const reply = await get(url);
    expect([reply.statusCode, reply.json().error.code]).toEqual([400, code]);
  });

  test('needs no version where the route takes none, and may have a later one than any we know', async () => {
    expect((await get('/me')).statusCode).toBe(200);
    expect((await get(`${things}/t?api-version=2031-01-01-preview`)).json().apiVersion).toBe('2031-01-01-preview');
  });
});

describe('methods', () => {
  test('HEAD is answered with its status and no body', async () => {
    const reply = await call('HEAD', `${things}/t?${version}`);
    expect([reply.statusCode, reply.body]).toEqual([200, '']);
    const refused = await call('HEAD', `${things}/taken?${version}`);
    expect([refused.statusCode, refused.body]).toEqual([409, '']);
  });

  test.each([
    ['DELETE', `${things}/t`, 'GET, HEAD, PUT'],
    ['POST', `${things.toUpperCase()}/t`, 'GET, HEAD, PUT'],
    ['PUT', '/subscriptions', 'GET'],
    ['HEAD', '/me', 'GET'],
    ['GET', '/agent/v1/beat', 'POST'],
  ])('%s %s is 405 and says what is allowed (RFC 9110 section 15.5.6)', async (method, url, allowed) => {
    const reply = await call(method, url);
    expect([reply.statusCode, reply.headers['allow']]).toEqual([405, allowed]);
    if (method !== 'HEAD') expect(reply.json().error).toMatchObject({ code: 'MethodNotAllowed' });
  });
});

describe('what does not exist is named', () => {
  test.each([
    [`${subscription}/providers/Microsoft.Unknown/things`, 404, 'InvalidResourceNamespace'],
    [`${subscription}/providers/Test.Things/gadgets?${version}`, 404, 'InvalidResourceType'],
    [`${things}/t/gadgets/g?${version}`, 404, 'InvalidResourceType'],
    ['/subscription', 404, 'NotFound'],
    ['/', 404, 'NotFound'],
  ])('%s is %i %s', async (url, status, code) => {
    const reply = await get(url);
    expect([reply.statusCode, reply.json().error.code]).toEqual([status, code]);
  });

  test('a path that cannot be decoded is refused in the same form', async () => {
    const reply = await get('/subscriptions/%zz');
    expect(reply.statusCode).toBe(400);
    expect(reply.json().error).toEqual({ code: expect.any(String), message: expect.any(String) });
  });
});
