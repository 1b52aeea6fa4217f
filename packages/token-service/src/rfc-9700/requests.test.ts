import { minutes } from '@holdfast/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmDevice, signIn, typePassword } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority, testPassword } from '../../test/test-authority.ts';
import { createTestBrowser, type Place, type TestBrowser } from '../../test/test-browser.ts';
import { commandLine, registerProgram, type TestProgram } from '../../test/test-program.ts';

// RFC 9700 (OAuth 2.0 Security Best Current Practice) section by section: what concerns forged and foreign requests.

let authority: TestAuthority;
let web: TestProgram;
beforeAll(async () => {
  authority = await createTestAuthority();
  web = await registerProgram(authority);
});
afterAll(() => authority.app.close());

const ctxOf = (page: Place): string => /name="ctx" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
const flowOf = (browser: TestBrowser) => browser.cookies.get('__Host-holdfast-flow')?.value;

describe('RFC 9700 section 4.7: forged requests', () => {
  const begin = async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    const page = await browser.open(web.authorize());
    const fields = { ctx: ctxOf(page), step: 'password', username: user.userPrincipalName, password: testPassword };
    return { user, browser, page, fields };
  };

  test('a form that was made for another browser signs nobody in: the attacker’s account is not the victim’s', async () => {
    const { fields } = await begin();
    const victim = createTestBrowser(authority);
    expect((await victim.post('/signin', fields)).error).toBe(50089);
    await victim.open(web.authorize());
    expect((await victim.post('/signin', fields)).error).toBe(50089);
    expect(victim.cookies.has('__Host-holdfast-session')).toBe(false);
  });

  test('nor does one that a page of another origin sends', async () => {
    const { browser, fields } = await begin();
    for (const origin of [
      'https://evil.example',
      'null',
      'http://login.holdfast.test:8443',
      'https://login.holdfast.test',
    ])
      expect((await browser.post('/signin', fields, { origin })).error).toBe(9002313);
    expect((await browser.post('/signin', fields)).answer['code']).toBeDefined();
  });

  test('a device code that another site types is shown, not taken', async () => {
    const { body } = await commandLine(authority).askDevice();
    const fields = { user_code: body.user_code };
    expect((await createTestBrowser(authority).post('/devicelogin', fields)).title).toBe('Enter the device code');
    const { browser } = await begin();
    const foreign = await browser.post('/devicelogin', fields, { origin: 'https://evil.example' });
    expect(foreign.error).toBe(9002313);
  });

  test('a form is good for a quarter of an hour', async () => {
    const { browser, fields } = await begin();
    authority.clock.advance(minutes(15) + 1);
    expect((await browser.post('/signin', fields)).error).toBe(50089);
  });

  test.each([undefined, '', 'x', 'AAAA', 'x'.repeat(65_000)])(
    'without what we sealed there is no step (%#)',
    async (ctx) => {
      const { browser } = await begin();
      const fields = { step: 'password', username: 'x', password: 'x', ...(ctx !== undefined && { ctx }) };
      expect((await browser.post('/signin', fields)).error).toBe(ctx === undefined || ctx === '' ? 900144 : 50089);
    },
  );

  test.each(['constructor', '__proto__', 'toString', 'signIn', ''])('the step %j does not exist', async (step) => {
    const { browser, fields } = await begin();
    const place = await browser.post('/signin', { ...fields, step });
    expect([9002313, 900144]).toContain(place.error);
  });

  test('steps out of turn prove nothing', async () => {
    const { browser, page } = await begin();
    for (const step of ['otp', 'enrol', 'newPassword', 'account', 'consent', 'device'])
      for (const decision of ['continue', 'accept', 'confirm']) {
        const fields = { ctx: ctxOf(page), step, decision, otp: '000000', new_password: 'x', repeat: 'x' };
        const next = await browser.post('/signin', fields);
        expect([next.title, next.redirectUri]).toEqual(['Sign in', undefined]);
      }
  });

  test('a browser has a name of its own, of 128 bits, which no other site can set', async () => {
    const [one, other] = [await begin(), await begin()];
    expect(flowOf(one.browser)).toMatch(/^[\w-]{22}$/);
    expect(flowOf(one.browser)).not.toBe(flowOf(other.browser));
    const [cookie = ''] = [...one.browser.cookies.keys()];
    expect(cookie).toMatch(/^__Host-/);
  });
});

describe('RFC 9700 section 4.13: what proxies add is not believed from anybody', () => {
  test.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'x-client-ip', 'x-forwarded-host'])(
    'the header %s of a stranger changes neither address nor origin',
    async (name) => {
      const value = name === 'forwarded' ? 'for=192.0.2.77;host=evil.example' : '192.0.2.77';
      const user = await authority.addUser(authority.tenant);
      const browser = createTestBrowser(authority);
      const page = await browser.open(web.authorize());
      const fields = { ctx: ctxOf(page), step: 'password', username: user.userPrincipalName, password: testPassword };
      const done = await browser.post('/signin', fields, { [name]: value });
      expect(done.answer['iss']).toContain(authority.origin);
      expect(authority.signIns.at(-1)).toMatchObject({ principal: { id: user.id }, address: '198.51.100.7' });
    },
  );
});

describe('one tenant and another', () => {
  const beyond = () => commandLine(authority, authority.otherTenant);
  const here = () => commandLine(authority);

  test('a session of one is none at the other', async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    await signIn(browser, { program: here(), user });
    expect((await browser.open(beyond().authorize())).title).toBe('Sign in');
    const silent = await browser.open(beyond().authorize({ prompt: 'none' }));
    expect(silent.answer['error']).toBe('login_required');
    expect(silent.answer['iss']).toContain(authority.otherTenant.id);
  });

  test('a sign-in begun at one stays there', async () => {
    const stranger = await authority.addUser(authority.otherTenant);
    const browser = createTestBrowser(authority);
    const page = await browser.open(here().authorize());
    const fields = { ctx: ctxOf(page), step: 'password', username: stranger.userPrincipalName, password: testPassword };
    const refused = await browser.post('/signin', { ...fields, authority: authority.otherTenant.id });
    expect(refused.problem).toContain('invalid username or password');
    expect(refused.html).not.toContain('Second');
  });

  test('a device code of one is unknown at the other, to its people and at its endpoint', async () => {
    const { body } = await here().askDevice();
    const stranger = await authority.addUser(authority.otherTenant);
    const page = await confirmDevice(createTestBrowser(authority), { user: stranger, userCode: body.user_code });
    expect(page.error).toBe(70018);
    expect(page.html).not.toMatch(/First|Azure CLI/);
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    await browser.submit(await confirmDevice(browser, { user, userCode: body.user_code }), {}, 'confirm');
    expect(await beyond().poll(body.device_code)).toMatchObject({ number: 700005 });
  });

  test('a program of one is unknown at the other', async () => {
    const program = await registerProgram(authority, {
      tenant: authority.otherTenant,
      changes: { displayName: 'Canary' },
    });
    const place = await createTestBrowser(authority).open(program.from({ segment: authority.tenant.id }).authorize());
    expect(place.error).toBe(700016);
    expect(place.html).not.toMatch(/Canary|Second/);
    expect((await program.from({ segment: authority.tenant.id }).askDevice()).number).toBe(700016);
  });

  test('a person of the other sees no name of this one’s', async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    await signIn(browser, { program: here(), user });
    const page = await browser.open(beyond().authorize({ prompt: 'select_account' }));
    expect(page.html).not.toMatch(new RegExp(`First|${user.userPrincipalName}`));
  });
});

describe('what others write', () => {
  const nasty = 'a\r\nset-cookie: x=y\r\n\r\n<script>alert(1)</script>"\'\u202E';

  test('in state comes back as it was, and breaks neither header nor page', async () => {
    const user = await authority.addUser(authority.tenant);
    for (const response_mode of ['query', 'fragment', 'form_post']) {
      const changes = { state: nasty, response_mode };
      const place = await signIn(createTestBrowser(authority), { program: web, user, changes });
      expect(place.answer['state']).toBe(nasty);
      expect(JSON.stringify(place.headers)).not.toContain('x=y\\r');
      expect(place.html).not.toContain('<script>alert');
    }
  });

  test.each([
    'client_id',
    'redirect_uri',
    'response_type',
    'scope',
    'response_mode',
    'login_hint',
    'prompt',
    'code_challenge',
  ])('in %s leaves no markup, and nothing in headers but the answer', async (name) => {
    const place = await createTestBrowser(authority).open(web.authorize({ [name]: nasty }));
    expect(place.status).toBeLessThan(500);
    expect(place.html).not.toContain('<script>alert');
    expect(Object.keys(place.headers)).not.toContain('x');
    expect(String(place.headers['location'] ?? '')).toMatch(/^(https:\/\/app\.example\/signed-in\?[\x21-\x7e]*)?$/);
  });

  test('in a user name is shown as text', async () => {
    const browser = createTestBrowser(authority);
    const page = await browser.submit(await browser.open(web.authorize()), { username: nasty, password: 'x' });
    expect(page.html).not.toContain('<script>alert');
    expect(page.problem).toContain('invalid username or password');
  });

  test('twice under one name is refused, wherever it is sent', async () => {
    const browser = createTestBrowser(authority);
    const page = await browser.open(`${web.authorize()}&redirect_uri=https://evil.example/`);
    expect(page).toMatchObject({ error: 9000411, redirectUri: undefined });
    expect((await browser.open(`${web.authorize()}&state=other`)).error).toBe(9000411);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const id = `client_id=${web.appId}`;
    for (const url of [`/${authority.tenant.id}/oauth2/v2.0/token`, `/${authority.tenant.id}/oauth2/v2.0/devicecode`]) {
      const reply = await authority.app.inject({ method: 'POST', url, headers, payload: `${id}&${id}` });
      expect(reply.json().error_codes).toEqual([9000411]);
    }
    for (const url of ['/signin', '/signout', '/devicelogin']) {
      const cookie = `__Host-holdfast-flow=${flowOf(browser)}`;
      const reply = await authority.app.inject({
        method: 'POST',
        url,
        headers: { ...headers, cookie },
        payload: 'ctx=a&ctx=b',
      });
      expect(reply.body).toContain('AADSTS9000411');
    }
  });
});

describe('what strangers can find out', () => {
  test('whether a device’s code is right is said to people who signed in only', async () => {
    const { body } = await commandLine(authority).askDevice();
    const pages = [];
    for (const user_code of [body.user_code, 'BCDFGHJKL']) {
      const browser = createTestBrowser(authority);
      pages.push(await browser.submit(await browser.open('/devicelogin'), { user_code }));
    }
    expect(pages.map(({ title, status }) => [title, status])).toEqual([
      ['Sign in', 200],
      ['Sign in', 200],
    ]);
    expect(pages[0]?.html).not.toContain('Azure CLI');
    const user = await authority.addUser(authority.tenant);
    expect((await typePassword(createTestBrowser(authority), pages[0] as Place, user)).error).toBe(50089);
  });

  test('no link carries a device’s code: people type it', async () => {
    const { body } = await commandLine(authority).askDevice();
    expect(body).not.toHaveProperty('verification_uri_complete');
    const page = await createTestBrowser(authority).open(`/devicelogin?user_code=${body.user_code}`);
    expect(page.html).not.toContain(body.user_code);
  });
});
