import type { User } from '@holdfast/directory';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmDevice, signIn } from '../../test/sign-in-pages.ts';
import { createTestAuthority, postForm, type TestAuthority } from '../../test/test-authority.ts';
import { createTestBrowser } from '../../test/test-browser.ts';
import { putLocation, putPolicy, requiring } from '../../test/test-policies.ts';
import { commandLine, type TestProgram } from '../../test/test-program.ts';

let authority: TestAuthority;
let program: TestProgram;
beforeAll(async () => {
  authority = await createTestAuthority();
  program = commandLine(authority);
});
afterAll(() => authority.app.close());

const [inside, outside] = ['192.0.2.10', '198.51.100.10'];
const addUser = () => authority.addUser(authority.tenant);
const browserAt = (address: string) => createTestBrowser(authority, { address });
const officeOnly = async (user: User) => {
  const { id } = await putLocation(authority, ['192.0.2.0/24']);
  return putPolicy(authority, { about: [user.id], grant: requiring({ kind: 'location', locationIds: [id] }) });
};

/** Somebody signed in before there was a policy. */
const withRefreshToken = async () => {
  const user = await addUser();
  const { answer } = await signIn(browserAt(outside), { program, user });
  return { user, token: (await program.redeem(answer['code'])).body.refresh_token };
};

describe('in a browser', () => {
  test('a policy that blocks is told on a page, after the password only', async () => {
    const user = await addUser();
    await putPolicy(authority, { about: [user.id], grant: { kind: 'block' } });
    const browser = browserAt(outside);
    expect((await browser.open(program.authorize())).title).toBe('Sign in');
    const page = await signIn(browser, { program, user });
    expect(page).toMatchObject({ error: 53003, redirectUri: undefined });
    expect(browser.cookies.has('__Host-holdfast-session')).toBe(false);
  });

  test('a location is where the browser is', async () => {
    const user = await addUser();
    await officeOnly(user);
    expect((await signIn(browserAt(outside), { program, user })).error).toBe(53003);
    expect((await signIn(browserAt(inside), { program, user })).answer['code']).toBeDefined();
  });

  test('a session is judged anew for each program', async () => {
    const user = await addUser();
    const browser = browserAt(outside);
    await signIn(browser, { program, user });
    await officeOnly(user);
    expect((await browser.open(program.authorize())).error).toBe(53003);
    const silent = await browser.open(program.authorize({ prompt: 'none' }));
    expect(silent.answer).toMatchObject({ error: 'access_denied', state: 's' });
    expect(authority.signIns.at(-1)).toMatchObject({ principal: { id: user.id }, outcome: { code: 53003 } });
  });

  test('a certificate cannot be shown by a person', async () => {
    const user = await addUser();
    await putPolicy(authority, { about: [user.id], grant: requiring({ kind: 'certificate' }) });
    expect((await signIn(browserAt(outside), { program, user })).error).toBe(53003);
  });

  test('a policy on trial changes nothing, and the log says what it would have done', async () => {
    const user = await addUser();
    const policy = await putPolicy(authority, { about: [user.id], state: 'reportOnly', grant: { kind: 'block' } });
    expect((await signIn(browserAt(outside), { program, user })).answer['code']).toBeDefined();
    const entry = authority.signIns.at(-1);
    expect(entry?.outcome.code).toBe(0);
    expect(entry?.policies.find(({ id }) => id === policy.id)?.result).toBe('reportOnlyFailure');
  });

  test('a policy about one resource is not about another, by any of its names', async () => {
    const user = await addUser();
    const resources = { include: ['797f4846-ba00-4fd7-ba43-dac1f8f63013'], exclude: [] };
    await putPolicy(authority, { about: [user.id], grant: { kind: 'block' }, conditions: { resources } });
    for (const audience of ['https://management.azure.com', 'https://Management.Core.Windows.net/', authority.origin]) {
      const changes = { scope: `openid ${audience}/.default` };
      expect((await signIn(browserAt(outside), { program, user, changes })).error).toBe(53003);
    }
    const graph = { scope: 'openid https://graph.microsoft.com/.default' };
    expect((await signIn(browserAt(outside), { program, user, changes: graph })).answer['code']).toBeDefined();
  });
});

describe('with a device', () => {
  const approve = async (user: User, at: string, device: string) => {
    const asking = program.from({ address: device });
    const { body } = await asking.askDevice();
    const browser = browserAt(at);
    const page = await confirmDevice(browser, { user, userCode: body.user_code });
    if (page.error !== undefined) return { page, reply: undefined };
    return { page: await browser.submit(page, {}, 'confirm'), reply: await asking.poll(body.device_code) };
  };

  test('a policy about this way in blocks it, and no other', async () => {
    const user = await addUser();
    await putPolicy(authority, { about: [user.id], grant: { kind: 'block' }, conditions: { flows: ['deviceCode'] } });
    expect((await approve(user, outside, outside)).page.error).toBe(53003);
    expect((await signIn(browserAt(outside), { program, user })).answer['code']).toBeDefined();
  });

  test('both the browser and the device must be where a policy wants them', async () => {
    const user = await addUser();
    await officeOnly(user);
    expect((await approve(user, outside, inside)).page.error).toBe(53003);
    const phished = await approve(user, inside, outside);
    expect(phished.reply).toMatchObject({ status: 400, number: 53003, error: 'invalid_grant' });
    expect(authority.signIns.at(-1)).toMatchObject({ address: outside, outcome: { code: 53003 } });
    expect((await approve(user, inside, inside)).reply?.status).toBe(200);
  });
});

describe('a refresh', () => {
  test('from a place that a policy does not allow is refused, and goes on where it does', async () => {
    const { user, token } = await withRefreshToken();
    await officeOnly(user);
    const away = await program.from({ address: outside }).refresh(token);
    expect(away).toMatchObject({ number: 53003, error: 'invalid_grant', body: { suberror: 'message_only' } });
    authority.clock.advance(60_000);
    expect((await program.from({ address: inside }).refresh(token)).status).toBe(200);
  });

  test('without a second factor sends the program back to its person', async () => {
    const { user, token } = await withRefreshToken();
    await putPolicy(authority, { about: [user.id], grant: requiring({ kind: 'mfa' }) });
    const reply = await program.refresh(token);
    expect(reply).toMatchObject({ number: 50076, error: 'interaction_required', body: { suberror: 'basic_action' } });
  });
});

describe('a program', () => {
  const ask = async (grant: Parameters<typeof putPolicy>[1]['grant'], sender = outside) => {
    const { client, secret } = authority.addClient(authority.tenant);
    await putPolicy(authority, { about: [client.objectId], grant });
    const own = { client_id: client.appId, client_secret: secret, scope: 'https://management.azure.com/.default' };
    const to = { tenant: authority.tenant.id, sender };
    return (await postForm(authority.app, to, { grant_type: 'client_credentials', ...own })).json();
  };

  test('with a secret is refused where a certificate is required', async () => {
    expect(await ask(requiring({ kind: 'certificate' }))).toMatchObject({
      error: 'invalid_grant',
      error_codes: [53003],
    });
  });

  test('is refused where a second factor is required, which it has not', async () => {
    expect(await ask(requiring({ kind: 'mfa' }))).toMatchObject({ error_codes: [53003] });
  });

  test('is refused away from the places it may be at', async () => {
    const { id } = await putLocation(authority, ['192.0.2.0/24']);
    const grant = requiring({ kind: 'location', locationIds: [id] });
    expect(await ask(grant)).toMatchObject({ error_codes: [53003] });
    expect(await ask(grant, inside)).toHaveProperty('access_token');
  });
});

test('policies of one tenant say nothing in another', async () => {
  const user = await authority.addUser(authority.otherTenant);
  const everybody = { include: 'all', exclude: [] } as const;
  const users = { ...everybody, includeGroups: [], excludeGroups: [], includeRoles: [], excludeRoles: [] };
  await putPolicy(authority, { about: [], grant: { kind: 'block' }, conditions: { users } });
  const other = commandLine(authority, authority.otherTenant);
  expect((await signIn(browserAt(outside), { program: other, user })).answer['code']).toBeDefined();
});
