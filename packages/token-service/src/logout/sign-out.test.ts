import { days, hours } from '@holdfast/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn, typePassword } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority } from '../../test/test-authority.ts';
import { createTestBrowser } from '../../test/test-browser.ts';
import { commandLine, registerProgram, type TestProgram } from '../../test/test-program.ts';

let authority: TestAuthority;
let program: TestProgram;
beforeAll(async () => {
  authority = await createTestAuthority();
  program = await registerProgram(authority);
});
afterAll(() => authority.app.close());

const signedIn = async (by: TestProgram = program) => {
  const user = await authority.addUser(authority.tenant);
  const browser = createTestBrowser(authority);
  const { answer } = await signIn(browser, { program: by, user });
  return { user, browser, tokens: (await by.redeem(answer['code'])).body };
};

const addressOf = (parameters: Record<string, string>, segment: string = authority.tenant.id) =>
  `/${segment}/oauth2/v2.0/logout?${new URLSearchParams(parameters)}`;

const isSignedIn = async (browser: ReturnType<typeof createTestBrowser>) =>
  (await browser.open(commandLine(authority).authorize())).answer['code'] !== undefined;

describe('signing out', () => {
  test('with an ID token of the session ends it at once and goes back to the program', async () => {
    const { browser, tokens } = await signedIn();
    const place = await browser.open(
      addressOf({ id_token_hint: tokens.id_token, post_logout_redirect_uri: program.redirectUri, state: 'a b' }),
    );
    expect(place).toMatchObject({ redirectUri: program.redirectUri, answer: { state: 'a b' } });
    expect(await isSignedIn(browser)).toBe(false);
  });

  test.each(['common', 'organizations', 'first.example'])(
    'works so at %s too, long after the token’s end',
    async (segment) => {
      const { browser, tokens } = await signedIn();
      authority.clock.advance(hours(2));
      const parameters = { id_token_hint: tokens.id_token, post_logout_redirect_uri: program.redirectUri };
      expect((await browser.open(addressOf(parameters, segment))).redirectUri).toBe(program.redirectUri);
      expect(browser.cookies.has('__Host-holdfast-session')).toBe(false);
    },
  );

  test('without a hint asks first, and then ends the session on the server too', async () => {
    const { user, browser } = await signedIn();
    const stolen = new Map(browser.cookies);
    const page = await browser.open(addressOf({}));
    expect(page.title).toBe('Sign out?');
    expect(page.html).toContain(user.userPrincipalName);
    expect(await isSignedIn(browser)).toBe(true);
    expect((await browser.submit(page)).title).toBe('You are signed out');
    const thief = createTestBrowser(authority);
    for (const [name, cookie] of stolen) thief.cookies.set(name, cookie);
    expect(await isSignedIn(thief)).toBe(false);
  });

  test('without a session says that it is done', async () => {
    expect((await createTestBrowser(authority).open(addressOf({}))).title).toBe('You are signed out');
  });

  test.each<[string, (given: Awaited<ReturnType<typeof signedIn>>) => string | Promise<string>]>([
    ['of another session', async () => (await signedIn()).tokens.id_token],
    ['that is an access token', ({ tokens }) => tokens.access_token],
    ['with another end', ({ tokens }) => `${tokens.id_token.slice(0, -6)}AAAAAA`],
    [
      'without a signature',
      ({ tokens }) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${tokens.id_token.split('.')[1]}.`,
    ],
    ['that is nothing', () => 'x'],
  ])('with a hint %s asks first', async (_, hint) => {
    const given = await signedIn();
    const page = await given.browser.open(addressOf({ id_token_hint: await hint(given) }));
    expect(page.title).toBe('Sign out?');
    expect(await isSignedIn(given.browser)).toBe(true);
  });

  test.each(['https://evil.example/', 'https://app.example/signed-in/..', '//evil.example', 'javascript:alert(1)'])(
    'never leads to %s, which nobody registered',
    async (post_logout_redirect_uri) => {
      const { browser, tokens } = await signedIn();
      const hint = { id_token_hint: tokens.id_token, post_logout_redirect_uri };
      expect(await browser.open(addressOf(hint))).toMatchObject({
        title: 'You are signed out',
        redirectUri: undefined,
      });
      const named = { client_id: program.appId, post_logout_redirect_uri };
      expect((await browser.open(addressOf(named))).redirectUri).toBeUndefined();
    },
  );

  test('leads to no program of another tenant', async () => {
    const other = await registerProgram(authority, {
      tenant: authority.otherTenant,
      redirectUri: 'https://other.example/',
    });
    const { browser } = await signedIn();
    const named = { client_id: other.appId, post_logout_redirect_uri: other.redirectUri };
    const page = await browser.open(addressOf(named));
    expect((await browser.submit(page)).redirectUri).toBeUndefined();
  });

  test('leaves nothing that a step back in the browser could go on with', async () => {
    const asking = await registerProgram(authority, { consented: [] });
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    const consent = await typePassword(browser, await browser.open(asking.authorize()), user);
    expect(consent.title).toBe('Allow access?');
    await signIn(browser, { program, user });
    await browser.submit(await browser.open(addressOf({})));
    expect((await browser.submit(consent, {}, 'accept')).error).toBe(50089);
  });

  test('a form that no page of ours sent signs nobody out', async () => {
    const { browser } = await signedIn();
    const foreign = createTestBrowser(authority);
    await signIn(foreign, { program, user: await authority.addUser(authority.tenant) });
    const page = await foreign.open(addressOf({}));
    const ctx = /name="ctx" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    expect((await browser.post('/signout', { ctx })).error).toBe(50089);
    expect((await browser.post('/signout', {})).error).toBe(50089);
    const own = await browser.open(addressOf({}));
    const mine = /name="ctx" value="([^"]+)"/.exec(own.html)?.[1] ?? '';
    expect((await browser.post('/signout', { ctx: mine }, { origin: 'https://evil.example' })).error).toBe(9002313);
    expect(await isSignedIn(browser)).toBe(true);
  });
});

test('a refresh token outlives the browser’s session: it is the program’s', async () => {
  const { browser, tokens } = await signedIn();
  await browser.submit(await browser.open(addressOf({})));
  authority.clock.advance(days(1));
  expect((await program.refresh(tokens.refresh_token)).status).toBe(200);
});
