import { createHash } from 'node:crypto';
import { minutes, newUuid, type Uuid } from '@holdfast/kernel';
import { createSealer } from '@holdfast/sealing';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestClock, random } from '../../test/test-directory.ts';
import { newKeyPair } from '../../test/test-issuer.ts';
import { createTestNetwork } from '../../test/test-network.ts';
import { createTestProvider, type TestProvider } from '../../test/test-provider.ts';
import { createBoundedFetch } from './bounded-fetch.ts';
import { createFederation, type Federation, type PendingSignIn } from './federation.ts';

const loginOrigin = 'https://login.holdfast.test:8443';
const network = await createTestNetwork();
const sealer = createSealer(random.bytes(32), random);
const tenantId = newUuid(random);
const clock = createTestClock();

const contoso = await createTestProvider({ network, sealer, tenantId, url: 'https://id.contoso.example/realm' });

let federation: Federation;
beforeEach(() => {
  contoso.reset();
  network.asked.splice(0);
  federation = createFederation({ sealer, clock, random, loginOrigin, fetch: createBoundedFetch(network.fetch) });
});
afterAll(() => network.close());

const refusal = (entry: string) => expect.objectContaining({ name: 'OAuthError', entry });

interface Course {
  readonly change?: (back: URL, pending: PendingSignIn) => { back?: URL; pending?: PendingSignIn } | undefined;
}

/** A whole sign-in; `change` is what happens to the answer on its way back. */
const signIn = async ({ change }: Course = {}) => {
  const { url, pending } = await federation.begin(contoso.record);
  const back = contoso.signIn(url);
  const changed = change?.(back, pending);
  return federation.finish(contoso.record, changed?.back ?? back, changed?.pending ?? pending);
};

describe('a federated sign-in', () => {
  test('begins with the code flow, PKCE, state and nonce, all new each time and none of them the secret half', async () => {
    const [first, second] = [await federation.begin(contoso.record), await federation.begin(contoso.record)];
    const asked = Object.fromEntries(new URL(first.url).searchParams);
    expect(first.url.startsWith('https://id.contoso.example/realm/authorize?')).toBe(true);
    expect(asked).toEqual({
      client_id: 'holdfast',
      response_type: 'code',
      redirect_uri: `${loginOrigin}/federated/callback/${contoso.record.id}`,
      scope: 'openid profile email groups',
      state: first.pending.state,
      nonce: first.pending.nonce,
      code_challenge: createHash('sha256').update(first.pending.codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    for (const secret of [first.pending.codeVerifier, contoso.clientSecret, 'canary'])
      expect(first.url).not.toContain(secret);
    for (const name of ['state', 'nonce', 'codeVerifier'] as const) {
      expect(first.pending[name]).toMatch(/^[\w-]{43}$/);
      expect(first.pending[name]).not.toBe(second.pending[name]);
    }
    expect(JSON.parse(JSON.stringify(first.pending))).toEqual(first.pending);
  });

  test('passes on what the person typed, and what the program wishes', async () => {
    const { url } = await federation.begin(contoso.record, { loginHint: 'ada@contoso.example', prompt: 'login' });
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      login_hint: 'ada@contoso.example',
      prompt: 'login',
    });
  });

  test('ends with the subject and the claims of the ID token', async () => {
    contoso.behaviour.claims = { name: 'Ada', groups: ['ops'] };
    const { subject, claims, mfa } = await signIn();
    expect([subject, claims['name'], claims['groups'], mfa]).toEqual(['person-1', 'Ada', ['ops'], false]);
  });

  test('asks for user info where there is some; the signed token wins', async () => {
    contoso.issuer.metadata['userinfo_endpoint'] = 'https://id.contoso.example/realm/userinfo';
    contoso.behaviour.claims = { name: 'Ada' };
    contoso.behaviour.userInfo = { sub: 'person-1', name: 'Not Ada', email: 'ada@contoso.example', amr: ['mfa'] };
    const { claims, mfa } = await signIn();
    expect([claims['name'], claims['email'], mfa]).toEqual(['Ada', 'ada@contoso.example', false]);
  });

  test.each([
    [true, ['pwd', 'mfa'], true],
    [true, ['pwd'], false],
    [true, 'mfa', false],
    [true, undefined, false],
    [false, ['pwd', 'mfa'], false],
  ])('counts as two factors when trusted (%s) and said so (%j): %s', async (trustsMfa, amr, mfa) => {
    Object.assign(contoso.record, { trustsMfa });
    contoso.behaviour.claims = { amr };
    expect((await signIn()).mfa).toBe(mfa);
  });

  test.each([
    ['by Basic where the metadata is silent', undefined, true],
    ['by Basic where both are supported', ['client_secret_post', 'client_secret_basic'], true],
    ['in the form where it wants that', ['client_secret_post'], false],
  ])('proves us to the provider %s', async (_, methods, basic) => {
    contoso.issuer.metadata['token_endpoint_auth_methods_supported'] = methods;
    await signIn();
    const { authorization, body } = contoso.seen;
    expect(authorization?.startsWith('Basic ')).toBe(basic ? true : undefined);
    expect(body.get('client_secret')).toBe(basic ? null : contoso.clientSecret);
  });

  test('reads the metadata once in ten minutes', async () => {
    const reads = () => network.asked.filter((url) => url.endsWith('openid-configuration')).length;
    await signIn();
    await signIn();
    expect(reads()).toBe(1);
    clock.advance(minutes(10) + 1);
    await federation.begin(contoso.record);
    expect(reads()).toBe(2);
  });

  test('works whatever name of ours the browser used', async () => {
    const other = (back: URL) => ({ back: new URL(back.pathname + back.search, 'http://10.0.0.1:8080') });
    expect((await signIn({ change: other })).subject).toBe('person-1');
  });
});

describe('an answer is refused', () => {
  const set = (name: string, value: string) => (back: URL) => {
    back.searchParams.set(name, value);
    return undefined;
  };
  const otherPending =
    (name: 'state' | 'nonce' | 'codeVerifier' | 'providerId') => (_: URL, pending: PendingSignIn) => ({
      pending: { ...pending, [name]: newUuid(random) },
    });

  test.each<[string, Course['change'], string?]>([
    ['with the state of another sign-in', set('state', 'x')],
    ['without state', (back) => void back.searchParams.delete('state')],
    ['with two states', (back) => void back.searchParams.append('state', 'x')],
    ['with two codes', (back) => void back.searchParams.append('code', 'x')],
    ['without code', (back) => void back.searchParams.delete('code')],
    ['with a code that the provider does not know', set('code', 'x'), 'does not accept'],
    ['by another issuer (RFC 9207)', set('iss', 'https://evil.example')],
    ['in another browser: the state differs', otherPending('state')],
    ['in another browser: the nonce differs', otherPending('nonce')],
    ['in another browser: the verifier differs', otherPending('codeVerifier'), 'does not accept'],
    ['to a sign-in at another provider', otherPending('providerId')],
    [
      'that came to the address of another provider',
      (back) => ({ back: new URL(back.href.replace(contoso.record.id, newUuid(random))) }),
    ],
    ['that the person declined', set('error', 'access_denied'), 'It answered access_denied.'],
    ['with words of a stranger', set('error', 'Call 555-0100 now'), 'It answered with an error.'],
    [
      'with an error and the state of another sign-in',
      (back) => {
        back.searchParams.set('error', 'access_denied');
        return set('state', 'x')(back);
      },
      'cannot be trusted',
    ],
  ])('%s', async (_, change, reason = 'cannot be trusted') => {
    const refused = signIn(change === undefined ? {} : { change });
    await expect(refused).rejects.toEqual(refusal('providerRefused'));
    await expect(refused).rejects.toThrow(reason);
    await expect(refused).rejects.not.toThrow(/555|canary/);
  });

  test('by a provider that names itself, when it does not', async () => {
    contoso.issuer.metadata['authorization_response_iss_parameter_supported'] = true;
    await expect(signIn()).rejects.toEqual(refusal('providerRefused'));
    expect((await signIn({ change: set('iss', contoso.record.issuer) })).subject).toBe('person-1');
  });

  test('that belongs to another provider with the same words (mix-up)', async () => {
    const evil = await createTestProvider({ network, sealer, tenantId, url: 'https://evil.example' });
    const { url, pending } = await federation.begin(evil.record);
    // The evil provider sends the browser on to the honest one, with its own sign-in's state, nonce and challenge.
    const forwarded = new URL(url);
    forwarded.searchParams.set('redirect_uri', `${loginOrigin}/federated/callback/${contoso.record.id}`);
    const back = contoso.signIn(forwarded.href);
    network.asked.splice(0);
    await expect(federation.finish(evil.record, back, pending)).rejects.toEqual(refusal('providerRefused'));
    await expect(federation.finish(contoso.record, back, pending)).rejects.toEqual(refusal('providerRefused'));
    expect(network.asked.filter((asked) => asked.endsWith('/token'))).toEqual([]);
  });
});

describe('an ID token is refused', () => {
  const now = Math.floor(Date.now() / 1000);
  test.each<[string, Record<string, unknown>]>([
    ['for another audience', { aud: 'another' }],
    ['for several audiences without a party', { aud: ['holdfast', 'another'] }],
    ['for another party', { aud: ['holdfast', 'another'], azp: 'another' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['that has expired', { exp: now - 301 }],
    ['that is not valid yet', { nbf: now + 400 }],
    ['without an end', { exp: undefined }],
    ['without a beginning', { iat: undefined }],
    ['without the nonce', { nonce: undefined }],
    ['with another nonce', { nonce: 'x' }],
    ['without a subject', { sub: undefined }],
    ['whose subject is no text', { sub: 7 }],
    ['whose subject is empty', { sub: '' }],
    ['whose subject is too long', { sub: 's'.repeat(256) }],
    ['whose subject is not ASCII', { sub: 'a\u0000b' }],
  ])('%s', async (_, claims) => {
    contoso.behaviour.claims = claims;
    await expect(signIn()).rejects.toEqual(refusal('providerRefused'));
  });

  test.each<[string, () => TestProvider['behaviour']['signing']]>([
    ['signed with another key', () => ({ key: newKeyPair('RS256').privateKey })],
    ['signed with a key that is not published', () => ({ header: { kid: 'gone' } })],
    [
      'signed with our secret at the provider',
      () => ({ header: { alg: 'HS256' }, key: Buffer.from(contoso.clientSecret.padEnd(32)) }),
    ],
    ['signed in another way than the metadata says', () => ({ header: { alg: 'PS256' } })],
  ])('%s', async (_, signing) => {
    contoso.behaviour.signing = signing();
    await expect(signIn()).rejects.toEqual(refusal('providerRefused'));
  });

  test.each([
    ['unsigned', `${part({ alg: 'none' })}.${part({ iss: 'https://id.contoso.example/realm', sub: 'x' })}.`],
    ['that is none', 'x'],
    ['that is missing', undefined],
  ])('%s', async (_, id_token) => {
    contoso.behaviour.tokenReply = { body: { access_token: 'canary', token_type: 'Bearer', id_token } };
    const refused = signIn();
    await expect(refused).rejects.toEqual(refusal('providerRefused'));
    await expect(refused).rejects.not.toThrow('canary');
  });

  test('beside the user info of somebody else', async () => {
    contoso.issuer.metadata['userinfo_endpoint'] = 'https://id.contoso.example/realm/userinfo';
    contoso.behaviour.userInfo = { sub: 'person-2', groups: ['admins'] };
    await expect(signIn()).rejects.toEqual(refusal('providerRefused'));
  });
});

const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');

describe('a provider counts as unreachable', () => {
  test.each<[string, () => void]>([
    ['that is not there', () => network.sites.delete('https://id.contoso.example')],
    ['that answers 500', () => contoso.issuer.fail({ status: 500 })],
    [
      'that sends us elsewhere',
      () => contoso.issuer.fail({ status: 302, headers: { location: 'https://evil.example' } }),
    ],
    ['that talks without end', () => contoso.issuer.fail({ body: `{"issuer":"${'x'.repeat(300_000)}"}` })],
    ['that answers with a page', () => contoso.issuer.fail({ headers: { 'content-type': 'text/html' }, body: '<p>' })],
    [
      'that is another by its own word',
      () => Object.assign(contoso.issuer.metadata, { issuer: 'https://evil.example' }),
    ],
  ])('%s', async (_, fail) => {
    fail();
    const begun = federation.begin(contoso.record);
    await expect(begun).rejects.toEqual(refusal('providerUnreachable'));
    await expect(begun).rejects.toThrow(/^[^:]*'Contoso ID' cannot be reached now\. Try again in a while\.$/);
  });

  test.each<[string, string]>([
    ['by plain http', 'http://id.contoso.example/realm'],
    ['by a file', 'file:///etc/passwd'],
    ['by no address', 'contoso'],
  ])('that is named %s, without a look', async (_, issuer) => {
    await expect(federation.begin({ ...contoso.record, issuer })).rejects.toEqual(refusal('providerUnreachable'));
    expect(network.asked).toEqual([]);
  });

  test('that is all of Entra ID: anybody could sign in', async () => {
    const issuer = 'https://login.microsoftonline.com/common/v2.0';
    const named = 'https://login.microsoftonline.com/{tenantid}/v2.0';
    network.sites.set(new URL(issuer).origin, () => ({
      body: { issuer: named, authorization_endpoint: `${issuer}/a` },
    }));
    await expect(federation.begin({ ...contoso.record, issuer })).rejects.toEqual(refusal('providerUnreachable'));
  });

  test('whose token endpoint fails', async () => {
    contoso.behaviour.tokenReply = { status: 503, headers: { 'content-type': 'text/plain' }, body: 'canary' };
    const refused = signIn();
    await expect(refused).rejects.toEqual(refusal('providerUnreachable'));
    await expect(refused).rejects.not.toThrow('canary');
  });

  test.each(['javascript:alert(1)', 'http://id.contoso.example/authorize', 'data:text/html,x', 'x'])(
    'that would send the browser to %s',
    async (authorization_endpoint) => {
      Object.assign(contoso.issuer.metadata, { authorization_endpoint });
      await expect(federation.begin(contoso.record)).rejects.toMatchObject({ name: 'OAuthError' });
    },
  );
});

test('a secret sealed for another provider opens for none', async () => {
  const record = { ...contoso.record, id: newUuid(random) as Uuid };
  await expect(federation.begin(record)).rejects.toThrow(/cannot be opened/);
});
