import { minutes } from '@holdfast/kernel';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority } from '../../test/test-authority.ts';
import { createTestBrowser } from '../../test/test-browser.ts';
import { commandLine, type ProgramWish, registerProgram, type TestProgram } from '../../test/test-program.ts';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
afterAll(() => authority.app.close());

const kinds: readonly (readonly [string, ProgramWish, 'query' | 'fragment'])[] = [
  ['on a server', { kind: 'web' }, 'query'],
  ['in a browser', { kind: 'spa' }, 'fragment'],
  ['on a computer', { kind: 'publicClient', redirectUri: 'http://localhost' }, 'query'],
];

/** Somebody signs in with a password for the program; what the program then holds. */
const codeFor = async (program: TestProgram) => {
  const user = await authority.addUser(authority.tenant);
  const place = await signIn(createTestBrowser(authority), { program, user });
  return { user, place, code: place.answer['code'] };
};

describe('the code', () => {
  test.each(kinds)('of a program %s becomes tokens of the person', async (_, wish, mode) => {
    const program = await registerProgram(authority, wish);
    const { user, place, code } = await codeFor(program);
    const { tenant, origin } = authority;
    expect(place).toMatchObject({ status: 303, mode });
    expect(place.redirectUri?.replace(/\/$/, '')).toBe(program.redirectUri);
    expect(place.answer).toMatchObject({ state: 's', iss: `${origin}/${tenant.id}/v2.0` });
    const { status, body, headers } = await program.redeem(code);
    expect([status, headers['cache-control'], headers['pragma']]).toEqual([200, 'no-store', 'no-cache']);
    const keys = createLocalJWKSet((await authority.app.inject(`/${tenant.id}/discovery/v2.0/keys`)).json());
    const issuer = `${origin}/${tenant.id}/v2.0`;
    const { payload: id } = await jwtVerify(body.id_token, keys, { issuer, audience: program.appId });
    expect(id).toMatchObject({ nonce: 'n', oid: user.id, sub: user.id, tid: tenant.id, ver: '2.0', amr: ['pwd'] });
    expect(id['preferred_username']).toBe(user.userPrincipalName);
    const { payload: access } = await jwtVerify(body.access_token, keys, { audience: origin });
    const appidacr = wish.kind === 'web' ? '1' : '0';
    expect(access).toMatchObject({
      oid: user.id,
      idtyp: 'user',
      appid: program.appId,
      appidacr,
      scp: expect.any(String),
    });
    expect(String(access['scp']).split(' ').toSorted()).toEqual(['openid', 'profile', 'user_impersonation']);
    expect(access).toMatchObject({ sid: id['sid'], ipaddr: '203.0.113.9', amr: ['pwd'] });
    expect(id).not.toHaveProperty('scp');
    expect(JSON.parse(Buffer.from(body.client_info, 'base64url').toString())).toEqual({
      uid: user.id,
      utid: tenant.id,
    });
  });

  test('of the v1 endpoint becomes a v1 token and a refresh token, which v1 always gave', async () => {
    const program = commandLine(authority).from({ version: '' });
    const { place, code } = await codeFor(program);
    expect(place.answer['iss']).toBe(`${authority.origin}/${authority.tenant.id}/`);
    const { body } = await program.redeem(code);
    expect(body).toMatchObject({ resource: authority.origin, expires_in: '3600', refresh_token: expect.any(String) });
    expect(decodeJwt(body.access_token)).toMatchObject({ ver: '1.0', aud: authority.origin });
    expect(decodeJwt(body.id_token)).toMatchObject({
      iss: `${authority.origin}/${authority.tenant.id}/`,
      ver: '1.0',
    });
  });

  test('brings no refresh token to a program that did not ask for offline_access', async () => {
    const program = commandLine(authority);
    const user = await authority.addUser(authority.tenant);
    const changes = { scope: `openid ${authority.origin}/user_impersonation` };
    const { answer } = await signIn(createTestBrowser(authority), { program, user, changes });
    expect((await program.redeem(answer['code'])).body).not.toHaveProperty('refresh_token');
  });

  test('is posted to a program that wants it so, and stands in no address', async () => {
    const program = await registerProgram(authority);
    const user = await authority.addUser(authority.tenant);
    const changes = { response_mode: 'form_post', state: '"><b>', client_info: '1' };
    const place = await signIn(createTestBrowser(authority), { program, user, changes });
    expect(place).toMatchObject({ status: 200, mode: 'form_post', redirectUri: program.redirectUri });
    expect(place.headers).not.toHaveProperty('location');
    expect(place.answer).toMatchObject({ state: '"><b>', client_info: expect.any(String) });
    expect((await program.redeem(place.answer['code'])).status).toBe(200);
  });

  test.each(['common', 'organizations', 'first.example'])(
    'begun at %s is redeemed where the program likes',
    async (segment) => {
      const program = commandLine(authority).from({ segment });
      const { user, place, code } = await codeFor(program);
      expect(place.answer['iss']).toBe(`${authority.origin}/${user.tenantId}/v2.0`);
      expect((await program.redeem(code)).status).toBe(200);
    },
  );

  test('is good for five minutes', async () => {
    const program = commandLine(authority);
    const { code } = await codeFor(program);
    authority.clock.advance(minutes(5) + 1);
    expect(await program.redeem(code)).toMatchObject({ status: 400, number: 70008, error: 'invalid_grant' });
  });

  test('counts for nothing once the person is disabled, gone or signed out everywhere', async () => {
    const program = commandLine(authority);
    for (const [spoil, number] of [
      [{ enabled: false }, 50057],
      [{ tokensValidFrom: new Date(authority.clock.now().getTime() + 60_000) }, 50173],
    ] as const) {
      const { user, code } = await codeFor(program);
      await authority.state.users.update({ ...user, ...spoil });
      expect((await program.redeem(code)).number).toBe(number);
    }
    const { user, code } = await codeFor(program);
    await authority.state.users.delete(user.tenantId, user.id);
    expect((await program.redeem(code)).error).toBe('invalid_grant');
  });
});

describe('an answer', () => {
  test.each([
    ['web', 'https://app.example/cb?tenant=a%20b', 'query'],
    ['publicClient', 'com.example.app://auth', 'query'],
    ['publicClient', 'com.example.app:/auth?x=1', 'fragment'],
    ['publicClient', 'http://[::1]', 'query'],
  ] as const)('reaches a program of the kind %s at %s by %s', async (kind, redirectUri, response_mode) => {
    const program = await registerProgram(authority, { kind, redirectUri });
    const user = await authority.addUser(authority.tenant);
    const place = await signIn(createTestBrowser(authority), { program, user, changes: { response_mode } });
    expect(place.mode).toBe(response_mode);
    expect((await program.redeem(place.answer['code'])).status).toBe(200);
    if (redirectUri.includes('tenant=')) expect(place.answer['tenant']).toBe('a b');
  });

  test('carries a state with question marks whole', async () => {
    const program = commandLine(authority);
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    await signIn(browser, { program, user });
    const { answer } = await browser.open(`${program.authorize({ state: undefined })}&state=a?b?c`);
    expect(answer['state']).toBe('a?b?c');
  });
});
