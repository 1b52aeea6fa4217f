import { unwrap } from '@holdfast/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMarkup } from '../test/read-markup.ts';
import { signIn } from '../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority } from '../test/test-authority.ts';
import { createTestBrowser, type TestBrowser } from '../test/test-browser.ts';
import { azureCli, commandLine, registerProgram, type TestProgram } from '../test/test-program.ts';
import { parseAuthorizationRequest, responseModeOf } from './dialect/authorization-request.ts';
import { parseForm } from './dialect/form-fields.ts';
import { parsePersonScope, scopesOfResource } from './dialect/requested-scopes.ts';
import { OAuthError } from './oauth-error.ts';

// Whatever browsers and programs send, the answer is a page or an error of the catalogue, and what they wrote is text in it.

let authority: TestAuthority;
let browser: TestBrowser;
let web: TestProgram;
beforeAll(async () => {
  authority = await createTestAuthority();
  browser = createTestBrowser(authority);
  web = await registerProgram(authority);
  await signIn(browser, { program: commandLine(authority), user: await authority.addUser(authority.tenant) });
});
afterAll(() => authority.app.close());

const markup = `"'><canary id=x onload=alert(1)>`;
const text = fc.oneof(
  fc.string({ maxLength: 100 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 10 }).map((before) => `${before}${markup}`),
  fc.constantFrom(markup, '\r\nset-cookie: canary=1', '\0', '\u202E', '%00', '{reason}', 'x'.repeat(9_000)),
);
const likely = () => [
  azureCli,
  web.appId,
  ...[
    'code',
    'S256',
    'query',
    'fragment',
    'form_post',
    'none',
    'login',
    'consent',
    'select_account',
    'none login',
    '1',
    '0',
  ],
  ...[
    'openid',
    `openid ${authority.origin}/.default`,
    'https://graph.microsoft.com/User.Read',
    '.default',
    'api://a/b',
  ],
  ...['http://localhost:1/x', 'http://localhost', web.redirectUri, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
  ...['password', 'otp', 'enrol', 'newPassword', 'account', 'consent', 'device', 'accept', 'confirm', 'continue'],
  ...[
    'authorization_code',
    'refresh_token',
    'device_code',
    'urn:ietf:params:oauth:grant-type:device_code',
    'BCDFGHJKL',
  ],
];
const names = [
  ...['client_id', 'redirect_uri', 'response_type', 'response_mode', 'scope', 'resource', 'state', 'nonce', 'prompt'],
  ...['code_challenge', 'code_challenge_method', 'login_hint', 'max_age', 'client_info', 'domain_hint', 'claims'],
  ...['grant_type', 'code', 'code_verifier', 'refresh_token', 'device_code', 'client_secret', 'user_code'],
  ...['ctx', 'step', 'username', 'password', 'otp', 'decision', 'provider', 'new_password', 'repeat', 'account'],
  ...['id_token_hint', 'post_logout_redirect_uri', 'logout_hint', '__proto__', 'constructor'],
];
const value = () => fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...likely()) }, { weight: 1, arbitrary: text });
const forms = () => fc.dictionary(fc.constantFrom(...names), value(), { maxKeys: 12 });
const good = () => ({
  client_id: azureCli,
  redirect_uri: 'http://localhost:1/x',
  response_type: 'code',
  scope: 'openid',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
});
const segments = () => fc.constantFrom(authority.tenant.id, 'common', 'first.example', '%00', '..%2f', '%3Cscript%3E');

const expectPage = (reply: { status: number; html: string; headers: object; redirectUri: string | undefined }) => {
  expect(reply.status).toBeLessThan(500);
  expect(JSON.stringify(reply.headers)).not.toContain('canary=1');
  expect(readMarkup(reply.html).map(({ name }) => name)).not.toContain('canary');
  if (reply.redirectUri !== undefined)
    expect(reply.redirectUri).toMatch(/^(http:\/\/localhost[:/]|https:\/\/app\.example\/signed-in)/);
};

test('the authorization endpoint, for any query and form', async () => {
  await fc.assert(
    fc.asyncProperty(forms(), fc.boolean(), fc.boolean(), segments(), async (form, near, posted, segment) => {
      const fields = near ? { ...good(), ...form } : form;
      const path = `/${segment}/oauth2/v2.0/authorize`;
      const reply = posted
        ? await browser.post(path, fields)
        : await browser.open(`${path}?${new URLSearchParams(fields)}`);
      expectPage(reply);
    }),
    { numRuns: 300 },
  );
});

test('the pages’ own forms, with a sign-in that is under way and without', async () => {
  await fc.assert(
    fc.asyncProperty(
      forms(),
      fc.boolean(),
      fc.constantFrom('/signin', '/signout', '/devicelogin'),
      async (form, sealed, path) => {
        const page = await browser.open(commandLine(authority).authorize({ prompt: 'login' }));
        const ctx = /name="ctx" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
        // Passwords are hashed for tens of milliseconds; they have tests of their own.
        const { password: _password, ...fields } = form;
        expectPage(await browser.post(path, { ...fields, ...(sealed && { ctx }) }));
      },
    ),
    { numRuns: 150 },
  );
});

test('signing out, the return from a provider, and user info, for anything', async () => {
  await fc.assert(
    fc.asyncProperty(forms(), segments(), text, async (form, segment, other) => {
      const query = new URLSearchParams(form);
      const stranger = createTestBrowser(authority);
      expectPage(await stranger.open(`/${segment}/oauth2/v2.0/logout?${query}`));
      expectPage(await browser.open(`/${segment}/oauth2/logout?${query}`));
      expectPage(await browser.open(`/federated/callback/${encodeURIComponent(other)}?${query}`));
      const authorization = `Bearer ${other.replace(/[^\x20-\x7e]/g, '')}`;
      const reply = await authority.app.inject({ url: '/oidc/userinfo', headers: { authorization } });
      expect(reply.statusCode).toBe(401);
    }),
    { numRuns: 100 },
  );
});

test('the token and device endpoints, for what people’s programs send', async () => {
  const endpoint = fc.constantFrom('token', 'devicecode', 'v2.0/token', 'v2.0/devicecode');
  const origin = fc.constantFrom(undefined, 'null', 'https://evil.example', markup);
  await fc.assert(
    fc.asyncProperty(forms(), endpoint, origin, async (form, path, from) => {
      const reply = await authority.app.inject({
        method: 'POST',
        url: `/${authority.tenant.id}/oauth2/${path}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...(from !== undefined && { origin: from }) },
        payload: new URLSearchParams(form).toString(),
      });
      expect(reply.statusCode).toBeLessThan(500);
      expect(reply.headers['content-type']).toContain('application/json');
      if (reply.statusCode !== 200) expect(reply.json().error_description).toMatch(/^AADSTS\d+: /);
    }),
    { numRuns: 300 },
  );
});

test('the parser of authorization requests', () => {
  const origins = { graph: 'https://graph.example', management: 'https://arm.example' };
  const redirects = fc.constantFrom('web', 'spa', 'publicClient');
  fc.assert(
    fc.property(forms(), redirects, fc.constantFrom('1.0', '2.0'), (form, redirectKind, version) => {
      const fields = unwrap(parseForm(new URLSearchParams({ ...good(), ...form }).toString()));
      const redirectUri = 'http://localhost/';
      const responseMode = responseModeOf(fields, { kind: redirectKind, uri: redirectUri });
      const place = { clientId: azureCli, redirectUri, redirectKind, responseMode, version, state: undefined };
      const parsed = parseAuthorizationRequest(fields, place, { version, origins });
      if (!parsed.ok) {
        expect(parsed.error).toBeInstanceOf(OAuthError);
        return;
      }
      expect(parsed.value.redirectUri).toBe(redirectUri);
      if (redirectKind !== 'web') expect(parsed.value.codeChallenge).toMatch(/^[\w-]{43}$/);
      if (parsed.value.prompts.includes('none')) expect(parsed.value.prompts).toEqual(['none']);
      expect(['query', 'fragment', 'form_post']).toContain(parsed.value.responseMode);
    }),
  );
});

test('the parser of people’s scopes: one resource, and permissions without blanks', () => {
  const origins = { graph: 'https://graph.example', management: 'https://arm.example' };
  const part = fc.oneof(text, fc.constantFrom(...likely(), '/', '//', 'https://a/', 'https://a/b/c', 'OPENID', ' '));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
      const parsed = parsePersonScope(parts.join(' '), origins);
      if (!parsed.ok) {
        expect(parsed.error).toBeInstanceOf(OAuthError);
        return;
      }
      const { resource, permissions, openid } = parsed.value;
      expect(resource.audience).not.toMatch(/\s|["<>\\]/);
      for (const permission of permissions) expect(permission).toMatch(/^[\w.:-]+$/);
      for (const scope of openid) expect(['openid', 'profile', 'email', 'offline_access']).toContain(scope);
      expect(scopesOfResource(resource.audience, origins).resource).toEqual(resource);
    }),
    { numRuns: 500 },
  );
});
