import { days, seconds } from '@holdfast/kernel';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority } from '../../test/test-authority.ts';
import { createTestBrowser } from '../../test/test-browser.ts';
import { commandLine, registerProgram, type TestProgram } from '../../test/test-program.ts';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
afterAll(() => authority.app.close());

const signedIn = async (program: TestProgram = commandLine(authority)) => {
  const user = await authority.addUser(authority.tenant);
  const { answer } = await signIn(createTestBrowser(authority), { program, user });
  const { body } = await program.redeem(answer['code']);
  return { program, user, token: body.refresh_token };
};

describe('a refresh token', () => {
  test('is exchanged for new tokens of the same person and session, and for a new refresh token', async () => {
    const { program, user, token } = await signedIn();
    const { status, body } = await program.refresh(token);
    expect(status).toBe(200);
    expect(body.refresh_token).not.toBe(token);
    expect(decodeJwt(body.access_token)).toMatchObject({ oid: user.id, aud: authority.origin, amr: ['pwd'] });
    expect(decodeJwt(body.id_token)).toMatchObject({ sub: user.id, aud: program.appId });
    expect(decodeJwt(body.id_token)).not.toHaveProperty('nonce');
    expect((await program.refresh(body.refresh_token)).status).toBe(200);
  });

  test('may be used twice within half a minute, by programs that share a cache', async () => {
    const { program, token } = await signedIn();
    const [one, other] = await Promise.all([program.refresh(token), program.refresh(token)]);
    authority.clock.advance(seconds(28));
    const late = await program.refresh(token);
    expect([one.status, other.status, late.status]).toEqual([200, 200, 200]);
    expect(new Set([one, other, late].map(({ body }) => body.refresh_token)).size).toBe(3);
  });

  test('that comes back later was stolen: all of its family end, the newest too', async () => {
    const { program, token } = await signedIn();
    const { body } = await program.refresh(token);
    const { body: newest } = await program.refresh(body.refresh_token);
    authority.clock.advance(seconds(30) + 1);
    expect(await program.refresh(token)).toMatchObject({ status: 400, number: 70000, error: 'invalid_grant' });
    for (const each of [token, body.refresh_token, newest.refresh_token])
      expect(await program.refresh(each)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test('of another sign-in is not touched by that', async () => {
    const [stolen, other] = [await signedIn(), await signedIn()];
    await stolen.program.refresh(stolen.token);
    authority.clock.advance(seconds(31));
    expect((await stolen.program.refresh(stolen.token)).status).toBe(400);
    expect((await other.program.refresh(other.token)).status).toBe(200);
  });

  test('is as good as before when something else was wrong with the request', async () => {
    const program = await registerProgram(authority);
    const { token } = await signedIn(program);
    const graph = 'https://graph.microsoft.com/User.Read';
    expect(await program.refresh(token, { scope: graph })).toMatchObject({ number: 65001 });
    expect((await program.refresh(token, { scope: 'a/b c/d' })).error).toBe('invalid_scope');
    expect((await program.refresh(token, { client_secret: 'wrong' })).number).toBe(7000215);
    expect((await program.refresh(token, { client_secret: undefined })).number).toBe(7000218);
    authority.clock.advance(seconds(60));
    expect((await program.refresh(token)).status).toBe(200);
  });

  test('brings a token for another resource, for what it may do there', async () => {
    const { program, token } = await signedIn();
    const scope = 'https://graph.microsoft.com/User.Read';
    const { body } = await program.refresh(token, { scope });
    expect(decodeJwt(body.access_token)).toMatchObject({ aud: 'https://graph.microsoft.com' });
    expect(String(decodeJwt(body.access_token)['scp']).split(' ')).toContain('User.Read');
    const { body: back } = await program.refresh(body.refresh_token, { scope: undefined });
    expect(decodeJwt(back.access_token)).toMatchObject({ aud: authority.origin });
  });

  test('brings fewer permissions when fewer are asked for', async () => {
    const program = await registerProgram(authority, { consented: ['user_impersonation', 'User.Read'] });
    const user = await authority.addUser(authority.tenant);
    const names = ['User.Read', 'user_impersonation'];
    for (const resource of ['00000003-0000-0000-c000-000000000000'])
      await authority.state.consents.put({
        id: user.id,
        tenantId: user.tenantId,
        appId: program.appId,
        userId: user.id,
        resource,
        scopes: ['User.Read'],
        createdAt: authority.clock.now(),
      });
    const scope = `offline_access ${names.map((name) => `${authority.origin}/${name}`).join(' ')}`;
    const { answer } = await signIn(createTestBrowser(authority), { program, user, changes: { scope } });
    const { body } = await program.redeem(answer['code']);
    expect(String(decodeJwt(body.access_token)['scp'])).toBe(names.join(' '));
    const { body: less } = await program.refresh(body.refresh_token, { scope: `${authority.origin}/User.Read` });
    expect(decodeJwt(less.access_token)).toMatchObject({ scp: 'User.Read' });
  });

  test('is refreshed at the v1 endpoint by resource', async () => {
    const { program, token } = await signedIn();
    const v1 = program.from({ version: '' });
    const { body } = await v1.refresh(token, { resource: 'https://graph.microsoft.com' });
    expect(body).toMatchObject({ resource: 'https://graph.microsoft.com', expires_in: '3600' });
    expect(decodeJwt(body.id_token)).toMatchObject({ ver: '1.0' });
  });

  test.each([
    ['the person is disabled', { enabled: false }, 50057],
    ['the sign-in was revoked', 'revoked', 50173],
  ] as const)('counts for nothing when %s', async (_, change, number) => {
    const { program, user, token } = await signedIn();
    authority.clock.advance(1_000);
    const changes = change === 'revoked' ? { tokensValidFrom: authority.clock.now() } : change;
    await authority.state.users.update({ ...user, ...changes });
    expect(await program.refresh(token)).toMatchObject({ status: 400, number });
  });

  test('that nobody gave is refused', async () => {
    const program = commandLine(authority);
    expect(await program.refresh('x'.repeat(43))).toMatchObject({ status: 400, number: 70000 });
    expect(await program.refresh(undefined)).toMatchObject({ status: 400, number: 900144 });
  });

  test.each([
    ['publicClient', 90, 200, 400],
    ['spa', 1, 200, 400],
  ] as const)('of the kind %s lives %d days', async (kind, age, before, after) => {
    const redirectUri = kind === 'spa' ? 'https://spa.example/' : 'http://localhost';
    const program = await registerProgram(authority, { kind, redirectUri });
    const [one, other] = [await signedIn(program), await signedIn(program)];
    authority.clock.advance(days(age) - 1_000);
    expect((await program.refresh(one.token)).status).toBe(before);
    authority.clock.advance(1_001);
    expect((await program.refresh(other.token)).status).toBe(after);
  });
});

test('a refresh at the end of a family of a script in a browser does not make it longer', async () => {
  const program = await registerProgram(authority, { kind: 'spa', redirectUri: 'https://spa.example/' });
  const { token } = await signedIn(program);
  authority.clock.advance(days(1) - 5_000);
  const { body } = await program.refresh(token);
  authority.clock.advance(10_000);
  expect(await program.refresh(body.refresh_token)).toMatchObject({ status: 400, number: 70008 });
});
