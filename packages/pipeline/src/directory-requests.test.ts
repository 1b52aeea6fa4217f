import { afterAll, describe, expect, test } from 'vitest';
import { createTestHost, things, version } from './test-host.test-support.ts';
import {
  graphOrigin,
  groupReader,
  loginOrigin,
  nobody,
  otherTenantId,
  owner,
  person,
  signingKeys,
  tokenOf,
} from './test-tokens.test-support.ts';

const { host } = createTestHost();
afterAll(() => host.close());

const everything = { ...person, aud: graphOrigin, scp: 'Directory.AccessAsUser.All' };
const otherKey = signingKeys[otherTenantId]?.privateKey;
const tokens = {
  administrator: await tokenOf({ ...everything, oid: owner }),
  member: await tokenOf({ ...everything, oid: groupReader }),
  ownerOfMine: await tokenOf({ ...everything, oid: nobody }),
  readerInBetween: await tokenOf({ ...everything, oid: owner, scp: 'Application.Read.All' }),
  program: await tokenOf({ aud: graphOrigin, oid: nobody }),
  permitted: await tokenOf({ aud: graphOrigin, oid: groupReader, roles: ['Application.ReadWrite.All'] }),
  permittedOwner: await tokenOf({ aud: graphOrigin, oid: nobody, roles: ['Application.ReadWrite.OwnedBy'] }),
  forResources: await tokenOf({ oid: owner }),
  foreigner: await tokenOf(
    { ...everything, oid: owner, tid: otherTenantId, iss: `${loginOrigin}/${otherTenantId}/v2.0` },
    { ...(otherKey !== undefined && { key: otherKey }) },
  ),
};
type Who = keyof typeof tokens;

const call = (who: Who | undefined, method: string, url: string, more: { headers?: object; payload?: string } = {}) =>
  host.inject({
    method,
    url,
    headers: {
      ...(who !== undefined && { authorization: `Bearer ${tokens[who]}` }),
      'content-type': 'application/json',
      ...more.headers,
    },
    ...(method === 'PATCH' && { payload: more.payload ?? '{"size":1}' }),
  } as never);

describe('an operation of the directory needs its action', () => {
  test.each<[Who | undefined, string, string, number]>([
    ['administrator', 'PATCH', '/v1.0/applications/any', 200],
    ['member', 'GET', '/v1.0/applications/any', 200],
    ['member', 'PATCH', '/v1.0/applications/any', 403],
    ['member', 'PATCH', '/v1.0/applications/mine', 403],
    ['ownerOfMine', 'PATCH', '/v1.0/applications/mine', 200],
    ['ownerOfMine', 'PATCH', '/v1.0/applications/other', 403],
    ['ownerOfMine', 'PATCH', "/v1.0/applications('mine')", 200],
    ['readerInBetween', 'GET', '/v1.0/applications/any', 200],
    ['readerInBetween', 'PATCH', '/v1.0/applications/any', 403],
    ['readerInBetween', 'GET', '/v1.0/users/any', 403],
    ['program', 'GET', '/v1.0/applications/any', 403],
    ['program', 'PATCH', '/v1.0/applications/mine', 403],
    ['permitted', 'PATCH', '/v1.0/applications/any', 200],
    ['permittedOwner', 'PATCH', '/v1.0/applications/mine', 200],
    ['permittedOwner', 'PATCH', '/v1.0/applications/other', 403],
    ['foreigner', 'GET', '/v1.0/applications/any', 403],
    ['foreigner', 'PATCH', '/v1.0/applications/mine', 403],
    ['member', 'GET', '/v1.0/me', 200],
    ['program', 'GET', '/v1.0/me', 400],
    [undefined, 'GET', '/v1.0/me', 401],
    // A token for one API opens the other one never.
    ['forResources', 'GET', '/v1.0/applications/any', 401],
    ['administrator', 'GET', `${things}/t?${version}`, 401],
  ])('%s %s %s: %i', async (who, method, url, status) => {
    expect((await call(who, method, url)).statusCode).toBe(status);
  });

  test.each(['https://graph.microsoft.com', 'https://graph.microsoft.com/', '00000003-0000-0000-c000-000000000000'])(
    'and a token for %s, as clients have it built in',
    async (aud) => {
      const token = await tokenOf({ ...everything, aud });
      const headers = { authorization: `Bearer ${token}` };
      expect((await host.inject({ method: 'GET', url: '/v1.0/me', headers })).statusCode).toBe(200);
    },
  );

  test('links start with the origin of the directory’s API', async () => {
    expect((await call('member', 'GET', '/v1.0/me')).json().origin).toBe(graphOrigin);
  });
});

describe('an error of the directory is one of Graph’s', () => {
  test.each<[string, number, string, () => ReturnType<typeof call>]>([
    ['no token', 401, 'InvalidAuthenticationToken', () => call(undefined, 'GET', '/v1.0/users/x')],
    ['another audience', 401, 'InvalidAuthenticationToken', () => call('forResources', 'GET', '/v1.0/users/x')],
    ['no right', 403, 'Authorization_RequestDenied', () => call('member', 'PATCH', '/v1.0/applications/x')],
    [
      'no JSON',
      400,
      'Request_BadRequest',
      () => call('administrator', 'PATCH', '/v1.0/applications/x', { payload: '{' }),
    ],
    ['no such path', 404, 'BadRequest', () => call('member', 'GET', '/v1.0/planets')],
    ['no such path of another version', 404, 'BadRequest', () => call('member', 'GET', '/beta/users')],
    ['no such path, and no token', 401, 'InvalidAuthenticationToken', () => call(undefined, 'GET', '/v1.0/planets')],
    ['no such method', 405, 'Request_BadRequest', () => call('member', 'PUT', '/v1.0/users/x')],
  ])('%s: %i %s', async (_, status, code, send) => {
    const reply = await send();
    expect([reply.statusCode, reply.json().error.code]).toEqual([status, code]);
  });

  test('with the ids that client and log know the request by', async () => {
    const id = '5f1d3f0e-0000-4000-8000-000000000001';
    const reply = await call('member', 'GET', '/v1.0/planets', { headers: { 'client-request-id': id } });
    expect(reply.headers).toMatchObject({ 'client-request-id': id, 'request-id': expect.any(String) });
    expect(reply.json().error.innerError).toEqual({
      date: '2026-03-01T12:00:00',
      'request-id': reply.headers['request-id'],
      'client-request-id': id,
    });
  });

  test('and echoes no client id that could be more than one', async () => {
    const reply = await call('member', 'GET', '/v1.0/me', { headers: { 'client-request-id': 'a b' } });
    expect(reply.headers['client-request-id']).toBe(reply.headers['request-id']);
  });

  test('that names the property which cannot be set', async () => {
    const payload = '{"size":1,"sise":2}';
    const reply = await call('administrator', 'PATCH', '/v1.0/applications/x', { payload });
    expect(reply.statusCode).toBe(400);
    expect(reply.json().error.message).toContain("'sise'");
  });
});
