import { hours } from '@holdfast/kernel';
import { decodeJwt, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../test/sign-in-pages.ts';
import { createTestAuthority, postForm, type TestAuthority } from '../test/test-authority.ts';
import { createTestBrowser } from '../test/test-browser.ts';
import { commandLine, type Fields, type TestProgram } from '../test/test-program.ts';

let authority: TestAuthority;
let program: TestProgram;
beforeAll(async () => {
  authority = await createTestAuthority();
  program = commandLine(authority);
});
afterAll(() => authority.app.close());

const graph = 'https://graph.microsoft.com';
const profile = { givenName: 'Ada', surname: 'Lovelace', mail: 'ada@first.example' } as never;

const tokensFor = async (scope: string, changes: Fields = {}) => {
  const user = await authority.addUser(authority.tenant, { profile });
  const place = await signIn(createTestBrowser(authority), { program, user, changes: { scope, ...changes } });
  return { user, ...(await program.redeem(place.answer['code'])).body };
};

const ask = async (token: string | undefined, method: 'GET' | 'POST' = 'GET') => {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return authority.app.inject({ method, url: '/oidc/userinfo', headers });
};

const expectRefused = async (token: string | undefined) => {
  const reply = await ask(token);
  expect([reply.statusCode, reply.body]).toEqual([401, '']);
  expect(reply.headers['www-authenticate']).toContain('Bearer');
};

describe('the claims of a person', () => {
  test.each(['GET', 'POST'] as const)('are told by %s, with the subject of the ID token', async (method) => {
    const { user, access_token, id_token } = await tokensFor(`openid email ${graph}/User.Read`);
    const reply = await ask(access_token, method);
    expect(reply.json()).toEqual({
      sub: decodeJwt(id_token).sub,
      name: user.displayName,
      preferred_username: user.userPrincipalName,
      given_name: 'Ada',
      family_name: 'Lovelace',
      email: 'ada@first.example',
    });
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
  });

  test('tell the address only to whom it was allowed', async () => {
    const { access_token } = await tokensFor(`openid ${graph}/User.Read`);
    expect((await ask(access_token)).json()).not.toHaveProperty('email');
  });
});

describe('nothing is told for', () => {
  test('no token, half a token, and words', async () => {
    for (const token of [undefined, '', 'x', 'a.b.c', '..']) await expectRefused(token);
  });

  test('a token without openid, an ID token, and a token for another API', async () => {
    const { access_token, id_token } = await tokensFor(`${graph}/User.Read`);
    await expectRefused(access_token);
    await expectRefused(id_token);
    await expectRefused((await tokensFor('openid api://other/Read')).access_token);
  });

  test('a program’s own token', async () => {
    const { client, secret } = authority.addClient(authority.tenant);
    const fields = { client_id: client.appId, client_secret: secret, scope: `${graph}/.default` };
    const reply = await postForm(
      authority.app,
      { tenant: authority.tenant.id },
      { grant_type: 'client_credentials', ...fields },
    );
    await expectRefused(reply.json().access_token);
  });

  test('a token at its end, of somebody disabled, gone, or whose tokens were revoked', async () => {
    const scope = `openid ${graph}/User.Read`;
    const [disabled, revoked, gone] = [await tokensFor(scope), await tokensFor(scope), await tokensFor(scope)];
    authority.clock.advance(2_000);
    await authority.state.users.update({ ...disabled.user, enabled: false });
    await authority.state.users.update({ ...revoked.user, tokensValidFrom: authority.clock.now() });
    await authority.state.users.delete(gone.user.tenantId, gone.user.id);
    for (const { access_token } of [disabled, revoked, gone]) await expectRefused(access_token);
    const old = await tokensFor(scope);
    authority.clock.advance(hours(1));
    await expectRefused(old.access_token);
  });

  test('a token that says it is another tenant’s, unsigned, or signed with what is public', async () => {
    const { access_token } = await tokensFor(`openid ${graph}/User.Read`);
    const [head = '', body = '', signature] = access_token.split('.');
    const claims = decodeJwt(access_token);
    const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString());
    const { n } = (await authority.app.inject(`/${authority.tenant.id}/discovery/keys`)).json().keys[0];
    const hmac = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(Buffer.from(n, 'base64url'));
    await expectRefused(`${head}.${json({ ...claims, tid: authority.otherTenant.id })}.${signature}`);
    await expectRefused(`${json({ alg: 'none' })}.${body}.`);
    await expectRefused(`${json({ alg: 'none', kid })}.${body}.${signature}`);
    await expectRefused(hmac);
    await expectRefused(`${json({ alg: 'RS256', kid: '../../x' })}.${body}.${signature}`);
    await expectRefused(
      `${json({ alg: 'RS256', jku: 'https://evil.example/keys' })}.${body}.${signature?.slice(0, -4)}AAAA`,
    );
  });
});
