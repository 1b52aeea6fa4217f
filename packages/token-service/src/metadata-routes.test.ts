import { minutes } from '@holdfast/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestAuthority, postForm, type TestAuthority } from '../test/test-authority.ts';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
afterAll(() => authority.app.close());

const get = (url: string) => authority.app.inject({ url });

describe('OpenID metadata', () => {
  test.each<[string, () => string, () => string, string]>([
    ['v2', () => `/${authority.tenant.id}/v2.0`, () => authority.tenant.id, '/v2.0'],
    ['v1', () => `/${authority.tenant.id}`, () => authority.tenant.id, ''],
    ['v2 by domain', () => '/First.Example/v2.0', () => authority.tenant.id, '/v2.0'],
    ['v2 for common', () => '/common/v2.0', () => 'common', '/v2.0'],
    ['v1 for organizations', () => '/organizations', () => 'organizations', ''],
    ['adfs, which speaks v2 for the default tenant', () => '/adfs', () => authority.tenant.id, '/v2.0'],
  ])('%s: issuer and endpoints are of one origin and version', async (_, path, segment, infix) => {
    const reply = await get(`${path()}/.well-known/openid-configuration?`);
    const base = `${authority.origin}/${segment()}`;
    const isAlias = /^(common|organizations)$/.test(segment());
    expect(reply.json()).toMatchObject({
      issuer: `${authority.origin}/${isAlias ? '{tenantid}' : segment()}${infix === '' ? '/' : infix}`,
      authorization_endpoint: `${base}/oauth2${infix}/authorize`,
      token_endpoint: `${base}/oauth2${infix}/token`,
      jwks_uri: `${base}/discovery${infix}/keys`,
      device_authorization_endpoint: `${base}/oauth2${infix}/devicecode`,
      end_session_endpoint: `${base}/oauth2${infix}/logout`,
      userinfo_endpoint: `${authority.origin}/oidc/userinfo`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      grant_types_supported: [
        'client_credentials',
        'authorization_code',
        'urn:ietf:params:oauth:grant-type:device_code',
        'refresh_token',
      ],
    });
    expect(reply.headers['access-control-allow-origin']).toBe('*');
  });

  test('every address in it answers', async () => {
    for (const version of ['', '/v2.0']) {
      const body = (await get(`/${authority.tenant.id}${version}/.well-known/openid-configuration`)).json();
      expect((await get(new URL(body.jwks_uri).pathname)).json().keys).toHaveLength(1);
      expect((await get(new URL(body.authorization_endpoint).pathname)).body).toContain('AADSTS900144');
      expect((await get(new URL(body.token_endpoint).pathname)).statusCode).toBe(405);
      expect((await get(new URL(body.end_session_endpoint).pathname)).statusCode).toBe(200);
      expect((await get(new URL(body.userinfo_endpoint).pathname)).statusCode).toBe(401);
      const { pathname: url } = new URL(body.device_authorization_endpoint);
      expect((await authority.app.inject({ method: 'POST', url })).json().error_codes).toEqual([900144]);
    }
  });

  test('an unknown tenant is refused as Entra does it here', async () => {
    const reply = await get('/nobody.example/v2.0/.well-known/openid-configuration');
    expect([reply.statusCode, reply.json().error, reply.json().error_codes]).toEqual([400, 'invalid_tenant', [90002]]);
  });
});

describe('keys', () => {
  test('only public parts are published, and only of the tenant that is asked for', async () => {
    const of = async (tenant: string) => (await get(`/${tenant}/discovery/v2.0/keys`)).json().keys;
    const [mine, others] = [await of(authority.tenant.id), await of(authority.otherTenant.id)];
    expect(Object.keys(mine[0]).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(mine[0]).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256' });
    expect(others[0].kid).not.toBe(mine[0].kid);
    expect(await of('common')).toEqual(mine);
  });

  test('a key published ahead is there a minute later and signs when its time comes', async () => {
    const { client, secret } = authority.addClient(authority.tenant);
    const fields = { grant_type: 'client_credentials', client_id: client.appId, client_secret: secret };
    const kid = async () => {
      const to = { tenant: authority.tenant.id };
      const reply = await postForm(authority.app, to, { ...fields, scope: 'api://x/.default' });
      return JSON.parse(Buffer.from(reply.json().access_token.split('.')[0], 'base64url').toString()).kid;
    };
    const first = await kid();
    await authority.newKey(authority.tenant, new Date(authority.clock.now().getTime() + minutes(30)));
    authority.clock.advance(minutes(1) + 1);
    const published = (await get(`/${authority.tenant.id}/discovery/keys`))
      .json()
      .keys.map((key: { kid: string }) => key.kid);
    expect(published).toHaveLength(2);
    expect(await kid()).toBe(first);
    authority.clock.advance(minutes(30));
    expect(await kid()).toBe(published.find((id: string) => id !== first));
  });
});

describe('instance discovery', () => {
  const ask = (endpoint: string) =>
    get(`/common/discovery/instance?api-version=1.1&authorization_endpoint=${encodeURIComponent(endpoint)}`);

  test.each([
    'https://login.holdfast.test:8443/t1/oauth2/v2.0/authorize',
    'https://login.holdfast.test/t1/oauth2/v2.0/authorize',
  ])('vouches for its own host, with or without the port: %s', async (endpoint) => {
    expect((await ask(endpoint)).json()).toEqual({
      tenant_discovery_endpoint: `${authority.origin}/t1/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [
        {
          preferred_network: 'login.holdfast.test:8443',
          preferred_cache: 'login.holdfast.test:8443',
          aliases: ['login.holdfast.test:8443', 'login.holdfast.test'],
        },
      ],
    });
  });

  test.each([
    'https://login.holdfast.test.evil.example/t1/oauth2/authorize',
    'https://login.holdfast.test@evil.example/t1/authorize',
    'http://login.holdfast.test/t1/authorize',
    'https://login.holdfast.test/',
    'https://login.holdfast.test/%0d%0a/x',
    '//login.holdfast.test/t1',
    '',
  ])('refuses %j', async (endpoint) => {
    const reply = await ask(endpoint);
    expect([reply.statusCode, reply.json().error]).toEqual([400, 'invalid_instance']);
  });
});

describe('pages', () => {
  test.each(['0', 'x', '<script>', '', '1e9'])('an unknown error code %j has no page', async (code) => {
    const reply = await get(`/error?code=${encodeURIComponent(code)}`);
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8']);
  });
});
