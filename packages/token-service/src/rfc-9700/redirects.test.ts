import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority } from '../../test/test-authority.ts';
import { createTestBrowser, type Place } from '../../test/test-browser.ts';
import { commandLine, type Fields, registerProgram, type TestProgram } from '../../test/test-program.ts';

// RFC 9700 (OAuth 2.0 Security Best Current Practice) section by section: what concerns the way through the browser.

let authority: TestAuthority;
let web: TestProgram;
let spa: TestProgram;
beforeAll(async () => {
  authority = await createTestAuthority();
  web = await registerProgram(authority);
  spa = await registerProgram(authority, { kind: 'spa', redirectUri: 'https://spa.example/cb' });
});
afterAll(() => authority.app.close());

const open = (program: TestProgram, changes: Fields) => createTestBrowser(authority).open(program.authorize(changes));

const expectNoRedirect = (place: Place) => {
  expect(place.redirectUri).toBeUndefined();
  expect(place.headers).not.toHaveProperty('location');
  expect(place.status).toBe(400);
};

describe('RFC 9700 section 2.1 and 4.1: redirect URIs', () => {
  test.each([
    'https://app.example/signed-in/../evil',
    'https://app.example/signed-in.evil',
    'https://app.example/signed-in#x',
    'https://app.example/signed-in?next=https://evil.example',
    'https://app.example:444/signed-in',
    'https://APP.example/signed-in',
    'https://app.example@evil.example/signed-in',
    'https://evil.example/',
    'javascript:alert(1)',
    'data:text/html;base64,PHNjcmlwdD4=',
    'https://app.example/signed-in\r\nlocation: https://evil.example',
    undefined,
  ])('%j is answered on a page of ours, which does not lead there', async (redirect_uri) => {
    const place = await open(web, { redirect_uri });
    expectNoRedirect(place);
    expect([50011, 900144]).toContain(place.error);
    expect(place.html).not.toMatch(/<a |http-equiv|<script/i);
  });

  test('another program’s redirect URI is nobody else’s', async () => {
    expectNoRedirect(await open(web, { redirect_uri: spa.redirectUri }));
    const other = await registerProgram(authority, {
      tenant: authority.otherTenant,
      redirectUri: 'https://b.example/',
    });
    expectNoRedirect(await open(web, { redirect_uri: other.redirectUri }));
  });
});

describe('RFC 9700 section 4.11: the authority is no open redirector', () => {
  test.each<[string, Fields]>([
    ['without a program', { client_id: undefined }],
    ['of a program that nobody knows', { client_id: '11111111-2222-4333-8444-555555555555' }],
    ['of something that is no id', { client_id: '<script>' }],
    ['of a first-party program elsewhere than on the computer', { client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' }],
  ])('a request %s stays here, whatever address it names', async (_, changes) => {
    expectNoRedirect(await open(web, changes));
  });

  test('a request of a program that is disabled stays here', async () => {
    const disabled = await registerProgram(authority, { changes: { enabled: false } });
    expectNoRedirect(await open(disabled, {}));
  });

  test.each<[string, Fields, string]>([
    ['with a request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
    ['with a reference to one', { request_uri: 'https://evil.example' }, 'request_not_supported'],
    ['without response_type', { response_type: undefined }, 'invalid_request'],
    ['for a token in the browser', { response_type: 'token' }, 'unsupported_response_type'],
    ['for an ID token in the browser', { response_type: 'id_token' }, 'unsupported_response_type'],
    ['for both', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['without scope', { scope: undefined }, 'invalid_request'],
    ['for two resources', { scope: 'https://a.example/x https://b.example/y' }, 'invalid_scope'],
    ['for a scope that is none', { scope: 'https://a.example/<script>' }, 'invalid_scope'],
    ['with a mode nobody knows', { response_mode: 'web_message' }, 'invalid_request'],
    ['with a challenge that is none', { code_challenge: 'x' }, 'invalid_request'],
    ['with a zero byte in its nonce', { nonce: 'a\0b' }, 'invalid_request'],
    ['with too long a state', { state: 'x'.repeat(8193) }, 'invalid_request'],
  ])('a faulty request %s is told to the registered address only', async (_, changes, error) => {
    const place = await open(web, changes);
    expect(place).toMatchObject({ status: 303, redirectUri: web.redirectUri, answer: { error } });
  });
});

describe('RFC 9700 section 2.1.2: no tokens in the browser', () => {
  test('the answer to an authorization request holds a code and no token', async () => {
    const user = await authority.addUser(authority.tenant);
    const { answer } = await signIn(createTestBrowser(authority), { program: web, user });
    expect(Object.keys(answer).toSorted()).toEqual(['code', 'iss', 'session_state', 'state']);
  });
});

describe('RFC 9700 section 4.2: credentials do not leak', () => {
  test('pages tell no other site where they are, are kept nowhere, and hold no code', async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    const page = await browser.open(web.authorize());
    expect(page.headers).toMatchObject({ 'referrer-policy': 'same-origin', 'cache-control': 'no-store' });
    expect(page.html).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)="?https?:/i);
    const done = await signIn(browser, { program: web, user });
    expect(done.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    expect(done.html).toBe('');
  });

  test('a page holds no redirect URI, state or challenge in the clear', async () => {
    const page = await open(web, { state: 'canary-state' });
    expect(page.title).toBe('Sign in');
    for (const secret of ['canary-state', web.redirectUri, 'code_challenge']) expect(page.html).not.toContain(secret);
  });
});

describe('RFC 9700 section 4.4 and RFC 9207: mix-up', () => {
  const issuer = () => `${authority.origin}/${authority.tenant.id}/v2.0`;

  test.each<[string, Fields]>([
    ['that is faulty', { response_type: 'token' }],
    ['that may show no page', { prompt: 'none' }],
  ])('an answer to a request %s says whose it is', async (_, changes) => {
    expect((await open(web, changes)).answer).toMatchObject({ error: expect.any(String), iss: issuer() });
  });

  test('a code, and a refusal of the person, say whose they are', async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    expect((await signIn(browser, { program: web, user })).answer['iss']).toBe(issuer());
    const page = await browser.open(web.authorize({ prompt: 'consent' }));
    expect((await browser.submit(page, {}, 'decline')).answer).toMatchObject({ error: 'access_denied', iss: issuer() });
  });

  test('at common the answer names the tenant of the person, or the issuer of the metadata there', async () => {
    const program = commandLine(authority).from({ segment: 'common' });
    const user = await authority.addUser(authority.otherTenant);
    const { answer } = await open(program, { prompt: 'none' });
    const metadata = (await authority.app.inject('/common/v2.0/.well-known/openid-configuration')).json();
    expect(answer['iss']).toBe(metadata.issuer);
    const done = await signIn(createTestBrowser(authority), { program, user });
    expect(done.answer['iss']).toBe(`${authority.origin}/${authority.otherTenant.id}/v2.0`);
  });

  test('of the v1 endpoint is the v1 issuer, in errors too', async () => {
    const v1 = web.from({ version: '' });
    expect((await open(v1, { prompt: 'none' })).answer['iss']).toBe(`${authority.origin}/${authority.tenant.id}/`);
  });
});

describe('RFC 9700 section 4.12: redirects after a form', () => {
  test('are 303, so that no browser sends the password on', async () => {
    const user = await authority.addUser(authority.tenant);
    expect((await signIn(createTestBrowser(authority), { program: web, user })).status).toBe(303);
  });
});

describe('RFC 9700 section 4.16: clickjacking', () => {
  test('no page may stand in a frame', async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    const consent = await registerProgram(authority, { consented: [] });
    const pages = [
      await browser.open(web.authorize()),
      await browser.open('/devicelogin'),
      await browser.open(web.authorize({ client_id: undefined })),
      await signIn(browser, { program: consent, user }),
      await browser.open(`/${authority.tenant.id}/oauth2/v2.0/logout`),
      await browser.post('/signin', {}),
      await browser.open('/federated/callback/x'),
    ];
    for (const { headers } of pages) {
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
  });
});

// Section 4.17 (in-browser communication flows) is about answers by postMessage, which there are none of.
