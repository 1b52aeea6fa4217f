import { directoryRoles } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn, typePassword } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority } from '../../test/test-authority.ts';
import { createTestBrowser } from '../../test/test-browser.ts';
import { random } from '../../test/test-directory.ts';
import { commandLine, registerProgram, type TestProgram } from '../../test/test-program.ts';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
afterAll(() => authority.app.close());

const graph = 'https://graph.microsoft.com';
const reading = { scope: `openid offline_access ${graph}/User.Read` };
const administering = { scope: `openid ${graph}/User.Read.All` };

const begin = async (changes = reading, program?: TestProgram) => {
  const user = await authority.addUser(authority.tenant);
  const by = program ?? (await registerProgram(authority, { consented: [] }));
  const browser = createTestBrowser(authority);
  return { user, browser, program: by, page: await signIn(browser, { program: by, user, changes }) };
};

describe('a program of the tenant’s own', () => {
  test('is asked about once, in words, and is then known', async () => {
    const { user, browser, program, page } = await begin();
    expect(page.title).toBe('Allow access?');
    for (const words of ['Inventory', 'read your profile', user.userPrincipalName, program.appId])
      expect(page.html).toContain(words);
    const done = await browser.submit(page, {}, 'accept');
    const { body } = await program.redeem(done.answer['code']);
    expect(decodeJwt(body.access_token)).toMatchObject({ scp: expect.stringContaining('User.Read') });
    expect((await browser.open(program.authorize(reading))).answer['code']).toBeDefined();
    const [kept] = await authority.state.consents
      .list(user.tenantId)
      .then((all) => all.filter(({ appId }) => appId === program.appId));
    expect(kept).toMatchObject({
      userId: user.id,
      scopes: ['User.Read'],
      resource: '00000003-0000-0000-c000-000000000000',
    });
    const somebodyElse = await signIn(createTestBrowser(authority), {
      program,
      user: await authority.addUser(authority.tenant),
      changes: reading,
    });
    expect(somebodyElse.title).toBe('Allow access?');
  });

  test('hears that the person declined, and nothing is kept', async () => {
    const { browser, program, page } = await begin();
    const { redirectUri, answer } = await browser.submit(page, {}, 'decline');
    expect(redirectUri).toBe(program.redirectUri);
    expect(answer).toMatchObject({
      error: 'access_denied',
      state: 's',
      error_description: expect.stringContaining('AADSTS65004'),
    });
    expect(
      (await authority.state.consents.list(authority.tenant.id)).filter(({ appId }) => appId === program.appId),
    ).toEqual([]);
    expect(authority.signIns.at(-1)).toMatchObject({ outcome: { code: 65004 }, app: { appId: program.appId } });
  });

  test('needs an administrator for what reaches beyond the person', async () => {
    expect((await begin(administering)).page).toMatchObject({ error: 90094, redirectUri: undefined });
    const program = await registerProgram(authority, { consented: [] });
    const user = await authority.addUser(authority.tenant);
    const { globalAdministrator: roleId } = directoryRoles;
    const { tenantId, id: principalId } = user;
    await authority.state.directoryRoles.assign({ id: newUuid(random), tenantId, roleId, principalId });
    const browser = createTestBrowser(authority);
    const page = await signIn(browser, { program, user, changes: administering });
    expect(page.title).toBe('Allow access?');
    expect((await browser.submit(page, {}, 'accept')).answer['code']).toBeDefined();
  });

  test('needs an administrator for anything where the tenant lets people consent to nothing', async () => {
    const find = authority.store.findTenant;
    const strict = { usersMayConsent: false, usersMayRegisterApplications: false };
    authority.store.findTenant = async (name) => {
      const tenant = await find(name);
      return tenant && { ...tenant, policy: strict };
    };
    authority.clock.advance(10_001);
    const { page } = await begin();
    authority.store.findTenant = find;
    authority.clock.advance(10_001);
    expect(page.error).toBe(90094);
  });

  test('is asked about again when it wants so, and not otherwise', async () => {
    const { browser, program, page } = await begin();
    await browser.submit(page, {}, 'accept');
    const again = await browser.open(program.authorize({ ...reading, prompt: 'consent' }));
    expect(again.title).toBe('Allow access?');
    expect((await browser.submit(again, {}, 'accept')).answer['code']).toBeDefined();
  });

  test('hears without a page that consent is missing', async () => {
    const { browser, program } = await begin();
    await signIn(browser, { program: commandLine(authority), user: await authority.addUser(authority.tenant) });
    const { answer } = await browser.open(program.authorize({ ...reading, prompt: 'none' }));
    expect(answer).toMatchObject({ error: 'consent_required', suberror: 'consent_required' });
  });

  test('hears at a refresh that consent is missing, or was taken away', async () => {
    const { browser, program, page } = await begin();
    const done = await browser.submit(page, {}, 'accept');
    const { body } = await program.redeem(done.answer['code']);
    const arm = { scope: `${authority.origin}/user_impersonation` };
    expect(await program.refresh(body.refresh_token, arm)).toMatchObject({ number: 65001, error: 'consent_required' });
    for (const { id, tenantId } of await authority.state.consents.list(authority.tenant.id))
      await authority.state.consents.delete(tenantId, id);
    expect(await program.refresh(body.refresh_token)).toMatchObject({ number: 65001 });
  });

  test('hears of a permission that does not exist', async () => {
    const { page, program } = await begin({ scope: `${graph}/User.Everything` });
    expect(page).toMatchObject({ redirectUri: program.redirectUri, answer: { error: 'invalid_scope' } });
  });

  test('gets what an administrator gave in everybody’s name without a page', async () => {
    const program = await registerProgram(authority, { consented: [] });
    await authority.state.consents.put({
      id: newUuid(random),
      tenantId: authority.tenant.id,
      appId: program.appId,
      userId: undefined,
      resource: '00000003-0000-0000-c000-000000000000',
      scopes: ['User.Read.All'],
      createdAt: authority.clock.now(),
    });
    const { page } = await begin(administering, program);
    expect(decodeJwt((await program.redeem(page.answer['code'])).body.access_token)['scp']).toContain('User.Read.All');
  });

  test('a session counts for the sign-in, never for consent', async () => {
    const { browser, program, user } = await begin();
    await signIn(browser, { program: commandLine(authority), user });
    expect((await browser.open(program.authorize(reading))).title).toBe('Allow access?');
  });

  test('an answer to a page that was not shown allows nothing', async () => {
    const program = await registerProgram(authority, { consented: [] });
    const browser = createTestBrowser(authority);
    const page = await browser.open(program.authorize(reading));
    const forged = await browser.submit(page, { step: 'consent', decision: 'accept' });
    expect(forged.title).toBe('Sign in');
    const user = await authority.addUser(authority.tenant);
    expect((await typePassword(browser, forged, user)).title).toBe('Allow access?');
  });
});

test('a first-party program asks nobody, and prompt=consent changes nothing', async () => {
  const program = commandLine(authority);
  const { page } = await begin({ scope: `openid ${graph}/.default` }, program);
  expect(page.answer['code']).toBeDefined();
});
