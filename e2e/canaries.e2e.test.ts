import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { signIn } from './support/arm-client.ts';
import type { Bootstrap } from './support/bootstrap.ts';
import { testWithSite } from './support/e2e-test.ts';
import { filesWith } from './support/files-with.ts';
import { commandLines } from './support/leftovers.ts';
import type { Site } from './support/site.ts';

// Secrets that were mistyped, sent to the wrong place or in the wrong way are secrets still: right for somebody else, or
// for the next try. Each one planted here bears the mark, and the mark must be nowhere afterwards. What a run kept secret
// that went right is looked for at the end of every suite (support/secrets.ts).

const test = testWithSite();

const mark = 'C4n4ry-Never-To-Be-Seen';
let planted = 0;
/** None is the beginning of another. */
const canary = (): string => `${mark}-${++planted}.`;

/** Where programs, people and administrators put secrets, and one request for each. */
const fields: readonly (readonly [field: string, plant: (at: Bootstrap, secret: string) => Promise<Response>])[] = [
  ...['client_secret', 'client_assertion', 'code', 'code_verifier', 'refresh_token', 'device_code', 'password'].map(
    (field) =>
      [
        `${field} of a token request`,
        (at: Bootstrap, secret: string) => askForToken(at, { ...grantWith[field], [field]: secret }),
      ] as const,
  ),
  ['client_secret in an address', (at, secret) => askForToken(at, {}, `?client_secret=${secret}`)],
  ['client_secret by HTTP Basic', (at, secret) => askForToken(at, {}, '', { authorization: basic(at, secret) })],
  ['an assertion without signature', (at, secret) => askForToken(at, assertion(`${unsigned({ jti: secret })}.`))],
  ['an assertion signed with nonsense', (at, secret) => askForToken(at, assertion(`${unsigned({})}.${secret}`))],
  ['a bearer token to the resource manager', (at, secret) => get(at, '/subscriptions?api-version=2022-12-01', secret)],
  ['a bearer token to the directory', (at, secret) => get(at, '/v1.0/users', secret)],
  ['a bearer token to the user info', (at, secret) => get(at, '/oidc/userinfo', secret)],
  ['a bearer token in an address', (at, secret) => fetch(`${at.endpoint}/v1.0/me?access_token=${secret}`)],
  ['a session cookie', (at, secret) => authorize(at, {}, { cookie: `__Host-holdfast-session=${secret}` })],
  ['an id token hint', (at, secret) => authorize(at, { id_token_hint: secret })],
  ['the context of a page', (at, secret) => postForm(`${at.endpoint}/signin`, { ctx: secret, step: 'password' })],
  ['a password typed on the sign-in page', (at, secret) => typePassword(at, secret)],
  ['the code of a device', (at, secret) => postForm(`${at.endpoint}/devicelogin`, { user_code: secret })],
];

test.for(fields)('%s is not kept or shown', async ([, plant], { site }) => {
  const answer = await plant(site.bootstrap, canary());
  expect(await answer.text()).not.toContain(mark);
  expect(JSON.stringify([...answer.headers])).not.toContain(mark);
});

/** Where the directory takes secrets: a good one is kept as a digest, or sealed; a bad one not at all. */
const directoryFields: readonly (readonly [
  field: string,
  path: string,
  body: (secret: string, at: Bootstrap) => unknown,
])[] = [
  [
    'the password of a new user',
    '/v1.0/users',
    (password, { admin }) => ({
      accountEnabled: true,
      displayName: 'Canary',
      mailNickname: 'canary',
      userPrincipalName: `canary-${admin.username}`,
      passwordProfile: { password },
    }),
  ],
  [
    'a password that is refused',
    '/v1.0/users',
    (password) => ({ displayName: 'No name to sign in by', passwordProfile: { password } }),
  ],
  [
    'a secret chosen by the caller',
    '/v1.0/applications',
    (secretText) => ({ displayName: 'Chosen', passwordCredentials: [{ secretText }] }),
  ],
  [
    'a private key in the place of a certificate',
    '/v1.0/applications',
    (key) => ({ displayName: 'Key', keyCredentials: [{ type: 'AsymmetricX509Cert', usage: 'Verify', key }] }),
  ],
];

test.for(directoryFields)('%s is not kept or shown', async ([, path, body], { site }) => {
  const graph = await signIn(site.bootstrap);
  const { status, body: answer } = await graph.send('POST', path, { body: body(canary(), site.bootstrap) });
  expect([201, 400]).toContain(status);
  expect(JSON.stringify(answer)).not.toContain(mark);
});

test('what the agent is given to connect with is not kept or shown', async ({ site }) => {
  const machine = site.machine('canary');
  await machine.startHimds();
  for (const option of ['service-principal-secret', 'access-token']) {
    const others = option === 'access-token' ? { 'service-principal-id': null, 'service-principal-secret': null } : {};
    const { code, output } = await machine.connect({ ...others, [option]: canary() });
    expect(code, output).not.toBe(0);
    expect(output).not.toContain(mark);
  }
  writeFileSync(machine.configFile, '');
});

test('no canary is in a file, a command line or an answer', async ({ site }) => {
  await site.controlPlane().stop();
  const { folder, recorder } = site;
  expect(planted).toBeGreaterThan(fields.length + directoryFields.length);
  expect(filesWith(folder, [mark, Buffer.from(mark).toString('base64url')])).toEqual([]);
  expect(readdirSync(join(folder, 'data'))).toContain('holdfast.log');
  expect(commandLines().filter((line) => line.includes(mark))).toEqual([]);
  expect(recorder.exchanges.filter(({ body }) => body.includes(mark))).toEqual([]);
  expect(answeredAll(site)).toEqual([]);
});

/** Nothing may have been so surprising that it was answered as a fault of the server. */
const answeredAll = ({ recorder }: Site) =>
  recorder.exchanges.filter(({ status }) => status >= 500).map(({ method, path }) => `${method} ${path}`);

/** What must be beside a field for it to be looked at. */
const grantWith: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  client_assertion: { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' },
  code: { grant_type: 'authorization_code', redirect_uri: 'http://localhost' },
  code_verifier: { grant_type: 'authorization_code', redirect_uri: 'http://localhost', code: 'x' },
  refresh_token: { grant_type: 'refresh_token' },
  device_code: { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' },
  password: { grant_type: 'password', username: 'admin@holdfast.internal' },
};

const askForToken = (
  { endpoint, tenantId, automation }: Bootstrap,
  form: Readonly<Record<string, string>>,
  query = '',
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> => {
  const usual = { grant_type: 'client_credentials', client_id: automation.clientId, scope: `${endpoint}/.default` };
  return postForm(`${endpoint}/${tenantId}/oauth2/v2.0/token${query}`, { ...usual, ...form }, headers);
};

const postForm = (url: string, form: Readonly<Record<string, string>>, headers = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers, body: new URLSearchParams(form), redirect: 'manual' });

const get = ({ endpoint }: Bootstrap, path: string, token: string): Promise<Response> =>
  fetch(endpoint + path, { headers: { authorization: `Bearer ${token}` } });

const authorize = ({ endpoint, tenantId }: Bootstrap, more: Readonly<Record<string, string>>, headers = {}) => {
  const query = new URLSearchParams({
    client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    response_type: 'code',
    redirect_uri: 'http://localhost',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...more,
  });
  return fetch(`${endpoint}/${tenantId}/oauth2/v2.0/authorize?${query}`, { headers, redirect: 'manual' });
};

/** As a browser without script does. */
const typePassword = async (at: Bootstrap, password: string): Promise<Response> => {
  const page = await authorize(at, {});
  const ctx = /name="ctx" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const cookie = page.headers.getSetCookie().map((each) => each.replace(/;.*/, ''));
  const form = { ctx, step: 'password', username: at.admin.username, password };
  const answer = await postForm(`${at.endpoint}/signin`, form, { cookie: cookie.join('; '), origin: at.endpoint });
  expect(answer.status).toBe(400);
  return answer;
};

const basic = ({ automation }: Bootstrap, secret: string): string =>
  `Basic ${Buffer.from(`${automation.clientId}:${secret}`).toString('base64')}`;

const assertion = (text: string) => ({ ...grantWith['client_assertion'], client_assertion: text });

const unsigned = (claims: Readonly<Record<string, string>>): string =>
  [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
