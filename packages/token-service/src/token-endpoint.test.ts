import { newClientSecret } from '@holdfast/directory';
import { addMs, days } from '@holdfast/kernel';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestAuthority, postForm, type TestAuthority } from '../test/test-authority.ts';
import { random } from '../test/test-directory.ts';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
afterAll(() => authority.app.close());

const graph = 'https://graph.microsoft.com';
const guid = '11111111-2222-3333-4444-555555555555';

const signIn = async (
  fields: Record<string, string> = {},
  path: 'oauth2/v2.0/token' | 'oauth2/token' = 'oauth2/v2.0/token',
) => {
  const { client, secret } = authority.addClient(authority.tenant);
  const credentials = { grant_type: 'client_credentials', client_id: client.appId, client_secret: secret };
  const reply = await postForm(authority.app, { tenant: authority.tenant.id, path }, { ...credentials, ...fields });
  return { client, secret, reply, body: reply.json() };
};

describe('a token for a program', () => {
  test('carries the claims of Entra v1 tokens and verifies against the published keys', async () => {
    const { client, body } = await signIn({ scope: 'https://management.azure.com/.default' });
    const { id } = authority.tenant;
    const keys = await authority.app.inject({ url: `/${id}/discovery/v2.0/keys` });
    const issuer = `${authority.origin}/${id}/`;
    const verified = await jwtVerify(body.access_token, createLocalJWKSet(keys.json()), { issuer });
    const { iat, nbf, exp, uti, ...claims } = verified.payload;
    expect(claims).toEqual({
      aud: 'https://management.azure.com',
      iss: issuer,
      appid: client.appId,
      appidacr: '1',
      idtyp: 'app',
      oid: client.objectId,
      sub: client.objectId,
      tid: id,
      ver: '1.0',
      xms_cid: client.secrets[0]?.id,
    });
    expect(uti).toMatch(/^[\w-]{22}$/);
    expect(Number(exp) - Number(iat)).toBe(3600);
    expect(Number(nbf)).toBeLessThanOrEqual(Number(iat));
    expect(decodeProtectedHeader(body.access_token)).toEqual({
      alg: 'RS256',
      typ: 'JWT',
      kid: keys.json().keys[0].kid,
    });
  });

  test('is answered with numbers at v2 and with text at v1', async () => {
    const v2 = await signIn({ scope: `${graph}/.default` });
    expect(v2.reply.statusCode).toBe(200);
    expect(v2.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600 });
    const v1 = await signIn({ resource: graph }, 'oauth2/token');
    const { exp, nbf } = decodeJwt(v1.body.access_token);
    const text = { expires_in: '3600', ext_expires_in: '3600', expires_on: String(exp), not_before: String(nbf) };
    expect(v1.body).toMatchObject({ token_type: 'Bearer', resource: graph, ...text });
    for (const { reply } of [v1, v2])
      expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
  });

  test.each([
    ['https://arm.example:8443/.default', 'https://arm.example:8443', '1.0'],
    ['https://arm.example//.default', 'https://arm.example/', '1.0'],
    ['https://management.core.windows.net//.default', 'https://management.core.windows.net/', '1.0'],
    ['https://arm.example/.default/.default', 'https://arm.example/.default', '1.0'],
    ['https://arm.example/user_impersonation', 'https://arm.example', '1.0'],
    ['openid profile offline_access https://arm.example/.default', 'https://arm.example', '1.0'],
    [`${guid}/.default`, guid, '2.0'],
    ['00000003-0000-0000-c000-000000000000/.default', '00000003-0000-0000-c000-000000000000', '1.0'],
    ['api://my-service/.default', 'api://my-service', '1.0'],
  ])('for scope %s has audience %s and version %s', async (scope, audience, version) => {
    const { body, client } = await signIn({ scope });
    const claims = decodeJwt(body.access_token);
    expect(claims).toMatchObject({ aud: audience, ver: version });
    expect(claims.iss).toBe(`${authority.origin}/${authority.tenant.id}/${version === '2.0' ? 'v2.0' : ''}`);
    expect(version === '2.0' ? claims['azp'] : claims['appid']).toBe(client.appId);
    expect(version === '2.0' ? claims['azpacr'] : claims['appidacr']).toBe('1');
  });

  test('is 1.0 at the v1 endpoint whatever the resource', async () => {
    const { body } = await signIn({ resource: guid }, 'oauth2/token');
    expect(decodeJwt(body.access_token)).toMatchObject({ aud: guid, ver: '1.0' });
  });

  test('carries roles for the directory API only', async () => {
    const { client, secret } = authority.addClient(authority.tenant, { roles: ['Directory.Read.All'] });
    const ask = async (scope: string) => {
      const fields = { grant_type: 'client_credentials', client_id: client.appId, client_secret: secret, scope };
      return decodeJwt((await postForm(authority.app, { tenant: authority.tenant.id }, fields)).json().access_token);
    };
    for (const scope of [`${graph}/.default`, `${authority.origin}//.default`])
      expect(await ask(scope)).toMatchObject({ roles: ['Directory.Read.All'] });
    expect(await ask('api://elsewhere/.default')).not.toHaveProperty('roles');
  });

  test.each([
    ['the domain', () => `/${authority.tenant.defaultDomain.toUpperCase()}/oauth2/v2.0/token`],
    ['the adfs alias', () => '/adfs/oauth2/v2.0/token'],
    ['doubled and trailing slashes', () => `//${authority.tenant.id}//oauth2/v2.0/token/`],
    ['other letter case', () => `/${authority.tenant.id.toUpperCase()}/OAuth2/V2.0/Token`],
    ['a query string', () => `/${authority.tenant.id}/oauth2/v2.0/token?client-request-id=x`],
  ])('is issued by %s', async (_, url) => {
    const { client, secret } = authority.addClient(authority.tenant);
    const fields = { grant_type: 'client_credentials', client_id: client.appId.toUpperCase(), client_secret: secret };
    const payload = new URLSearchParams({ ...fields, scope: `${graph}/.default`, 'x-client-SKU': 'x', claims: '{}' });
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const reply = await authority.app.inject({ method: 'POST', url: url(), headers, payload: payload.toString() });
    expect(reply.statusCode).toBe(200);
    expect(decodeJwt(reply.json().access_token)).toMatchObject({ tid: authority.tenant.id });
  });

  test('is issued for Basic authentication, whose parts are form-encoded', async () => {
    const { client, secret } = authority.addClient(authority.tenant);
    const headers = {
      authorization: `Basic ${Buffer.from(`${client.appId}:${encodeURIComponent(secret)}`).toString('base64')}`,
    };
    const fields = { grant_type: 'client_credentials', scope: `${graph}/.default` };
    const reply = await postForm(authority.app, { tenant: authority.tenant.id, headers }, fields);
    expect(reply.statusCode).toBe(200);
  });
});

describe('credentials over time', () => {
  const ask = (appId: string, secret: string) =>
    postForm(
      authority.app,
      { tenant: authority.tenant.id },
      { grant_type: 'client_credentials', client_id: appId, client_secret: secret, scope: `${graph}/.default` },
    );

  test('each of several live secrets works, and a new one at once although the client is cached', async () => {
    const { client, secret } = authority.addClient(authority.tenant);
    expect((await ask(client.appId, secret)).statusCode).toBe(200);
    authority.clock.advance(2_000);
    const more = {
      now: authority.clock.now(),
      random,
      displayName: 'second',
      endsAt: addMs(authority.clock.now(), days(1)),
    };
    const second = newClientSecret(more);
    authority.putClient({ ...client, secrets: [...client.secrets, second.record] });
    expect((await ask(client.appId, second.secret)).statusCode).toBe(200);
    expect((await ask(client.appId, secret)).statusCode).toBe(200);
  });

  test('a secret taken away stops within ten seconds', async () => {
    const { client, secret } = authority.addClient(authority.tenant);
    expect((await ask(client.appId, secret)).statusCode).toBe(200);
    authority.putClient({ ...client, secrets: [] });
    authority.clock.advance(10_001);
    expect((await ask(client.appId, secret)).json().error_codes).toEqual([7000215]);
  });

  test('a secret has a beginning and an end', async () => {
    const { client, secret } = authority.addClient(authority.tenant);
    const [record] = client.secrets;
    if (record === undefined) throw new Error('no secret');
    const early = { ...record, startsAt: addMs(authority.clock.now(), days(1)) };
    authority.putClient({ ...client, secrets: [early] });
    expect((await ask(client.appId, secret)).json().error_codes).toEqual([7000215]);
    authority.clock.advance(2_000);
    authority.putClient({ ...client, secrets: [{ ...record, endsAt: authority.clock.now() }] });
    expect((await ask(client.appId, secret)).json().error_codes).toEqual([7000222]);
  });
});
