import { createHmac } from 'node:crypto';
import type { Client, FederatedCredential, Tenant } from '@holdfast/directory';
import { minutes, newUuid, seconds, unwrap } from '@holdfast/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../../test/test-certificate.ts';
import { createTestClock, createTestDirectory, random } from '../../test/test-directory.ts';
import { createTestIssuer, newKeyPair, type TestIssuer } from '../../test/test-issuer.ts';
import { createTestNetwork, type TestNetwork } from '../../test/test-network.ts';
import { createCachedDirectory } from '../directory/cached-directory.ts';
import { createBoundedFetch } from '../federation/bounded-fetch.ts';
import { createAssertionReplayGuard } from './assertion-replay.ts';
import {
  type AuthenticatedClient,
  type ClientAuthenticator,
  createClientAuthenticator,
} from './authenticate-client.ts';
import { createIssuerKeys } from './issuer-keys.ts';
import { parsePresentedClient } from './presented-client.ts';

const audience = 'api://AzureADTokenExchange';
const subject = 'repo:contoso/servers:ref:refs/heads/main';
const clock = createTestClock();
const directory = createTestDirectory(clock);

let network: TestNetwork;
let github: TestIssuer;
let cluster: TestIssuer;
let client: Client;
beforeAll(async () => {
  network = await createTestNetwork();
  github = await createTestIssuer(network, 'https://token.actions.example');
  cluster = await createTestIssuer(network, 'https://cluster.example/west/1/');
  for (const alg of ['PS256', 'ES256', 'ES384', 'ES512', 'RS384', 'RS512', 'PS384', 'PS512'])
    await github.addKey(alg, alg);
  await github.addKey('another ES256', 'ES256');
  forget();
  client = clientWith([
    credential({ issuer: cluster.issuer, subject: 'system:serviceaccount:ops:onboard' }),
    credential({ subject: 'repo:contoso/other:ref:refs/heads/main' }),
    credential({ audiences: ['https://other.example'] }),
    credential(),
  ]);
});
afterAll(() => network.close());

const credential = (changes: Partial<FederatedCredential> = {}): FederatedCredential => ({
  id: newUuid(random),
  name: 'ci',
  description: undefined,
  issuer: github.issuer,
  subject,
  audiences: [audience],
  lastUsedAt: undefined,
  ...changes,
});

const clientWith = (federatedCredentials: readonly FederatedCredential[], tenant: Tenant = directory.tenant): Client =>
  directory.addClient(tenant, { secrets: [], federatedCredentials }).client;

const freshAuthenticator = () =>
  createClientAuthenticator({
    directory: createCachedDirectory(directory.store, clock),
    replay: createAssertionReplayGuard(clock),
    issuerKeys: createIssuerKeys({ fetch: createBoundedFetch(network.fetch), clock }),
    clock,
  });
let authenticator: ClientAuthenticator;
/** As after a start: nothing is remembered. */
const forget = () => {
  authenticator = freshAuthenticator();
  network.asked.splice(0);
};

interface Presenting {
  readonly to?: Client;
  readonly tenant?: Tenant;
  readonly sender?: string;
  readonly withoutClientId?: boolean;
}

const present = async (assertion: string, by: Presenting = {}): Promise<AuthenticatedClient> => {
  const fields = new Map([
    ['client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
    ['client_assertion', assertion],
    ...(by.withoutClientId === true ? [] : [['client_id', (by.to ?? client).appId] as const]),
  ]);
  return authenticator.authenticate({
    tenant: by.tenant ?? directory.tenant,
    presented: unwrap(parsePresentedClient(fields, undefined)),
    audiences: ['https://login.example/token'],
    sender: by.sender ?? '192.0.2.1',
  });
};

const now = () => clock.now().getTime() / 1000;
const claims = (changes: Record<string, unknown> = {}) => ({
  iss: github.issuer,
  sub: subject,
  aud: audience,
  jti: newUuid(random),
  nbf: now() - 300,
  iat: now(),
  exp: now() + 600,
  ...changes,
});
const token = (changes: Record<string, unknown> = {}, options: Parameters<TestIssuer['sign']>[1] = {}) =>
  github.sign(claims(changes), options);
const refusal = (number: number) => expect.objectContaining({ name: 'OAuthError', number });

describe("a foreign issuer's token is accepted", () => {
  test.each<[string, () => Promise<string>, number]>([
    ['of GitHub', () => token(), 3],
    [
      'of a Kubernetes cluster',
      () =>
        cluster.sign({
          ...claims({ iss: cluster.issuer, sub: 'system:serviceaccount:ops:onboard', aud: [audience], jti: undefined }),
          'kubernetes.io': { namespace: 'ops', pod: { name: 'onboard-1' } },
        }),
      0,
    ],
    ['for another subject, by its own credential', () => token({ sub: 'repo:contoso/other:ref:refs/heads/main' }), 1],
    ['for another audience, by its own credential', () => token({ aud: 'https://other.example' }), 2],
    ['for our audience among others', () => token({ aud: ['https://elsewhere.example', audience] }), 3],
    ['without nbf and iat', () => token({ nbf: undefined, iat: undefined }), 3],
    ['whose clock is four minutes ahead', () => token({ nbf: now() + 240, iat: now() + 240 }), 3],
    ['whose clock is four minutes behind', () => token({ exp: now() - 240 }), 3],
    ['without kid, of the only key of its kind', () => token({}, { kid: 'RS512', header: { kid: undefined } }), 3],
    ['that lives a day', () => token({ nbf: undefined, exp: now() + 86_400 }), 3],
  ])('%s', async (_, make, index) => {
    const proof = await present(await make());
    expect(proof).toMatchObject({ credential: 'federated', client: { appId: client.appId } });
    expect(proof.credentialId).toBe(client.federatedCredentials[index]?.id);
  });

  test.each(['RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'])('signed with %s', async (kid) => {
    expect((await present(await token({}, { kid }))).credential).toBe('federated');
  });

  test('again by its sender while it lives: a mounted token is used until it is renewed', async () => {
    const text = await token();
    await present(text);
    expect((await present(text)).credential).toBe('federated');
  });
});

describe("a foreign issuer's token is refused", () => {
  test.each<[string, () => Promise<string>, number, RegExp]>([
    [
      'of an issuer without a credential',
      () => token({ iss: 'https://evil.example' }),
      700211,
      /'https:\/\/evil.example'/,
    ],
    ['of our issuer with a slash more', () => token({ iss: `${github.issuer}/` }), 700211, /slash counts/],
    ['of our issuer in capitals', () => token({ iss: github.issuer.toUpperCase() }), 700211, /every letter/],
    ['of our issuer without its slash', () => token({ iss: cluster.issuer.slice(0, -1) }), 700211, /cluster/],
    ['of our issuer without encryption', () => token({ iss: 'http://token.actions.example' }), 700211, /http:/],
    ['about another subject', () => token({ sub: 'repo:evil/servers' }), 700213, /'repo:evil\/servers'/],
    ['about our subject in capitals', () => token({ sub: subject.toUpperCase() }), 700213, /every letter/],
    ['about a subject that begins like ours', () => token({ sub: `${subject}x` }), 700213, /mainx/],
    ["about the other issuer's subject", () => token({ sub: 'system:serviceaccount:ops:onboard' }), 700213, /ops/],
    ["about the client's own id", () => token({ sub: client.appId }), 700213, /identity record/],
    ['for another audience', () => token({ aud: 'sts.example' }), 700212, /'sts.example'.* wants 'https:\/\/other/],
    ['for no audience', () => token({ aud: undefined }), 700212, /identity record/],
    ['for an empty list of audiences', () => token({ aud: [] }), 700212, /identity record/],
    ['for audiences that are not all text', () => token({ aud: [audience, 7] }), 700212, /identity record/],
    ['for our audience in capitals', () => token({ aud: audience.toUpperCase() }), 700212, /APIS?:/],
    ['that has expired', () => token({ exp: now() - 301 }), 700024, /expiry time/],
    ['that is not valid yet', () => token({ nbf: now() + 360 }), 700024, /valid from/],
    ['without an end', () => token({ exp: undefined }), 50027, /'exp'/],
    ['whose end is text', () => token({ exp: '9999999999' }), 50027, /'exp'/],
    ['that lives longer than a day', () => token({ nbf: undefined, exp: now() + 90_000 }), 700027, /longer than a day/],
  ])('%s', async (_, make, number, words) => {
    const refused = present(await make());
    await expect(refused).rejects.toEqual(refusal(number));
    await expect(refused).rejects.toThrow(words);
  });

  const hmacWithPublicKey = async () => {
    const [header, payload] = [{ alg: 'HS256', kid: 'first' }, claims()].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const mac = createHmac('sha256', JSON.stringify(github.jwks.keys[0])).update(`${header}.${payload}`);
    return `${header}.${payload}.${mac.digest('base64url')}`;
  };
  const unsigned = async (header: object) =>
    `${[header, claims()].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  const swapHeader = async (header: object, options = {}) => {
    const [, payload, signature] = (await token({}, options)).split('.');
    return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`;
  };
  const stranger = newKeyPair('RS256').privateKey;
  const evil = 'https://evil.example/keys';

  test.each<[string, () => Promise<string>, number]>([
    ['with alg none', () => unsigned({ alg: 'none', kid: 'first' }), 50027],
    ['with alg NoNe', () => unsigned({ alg: 'NoNe', kid: 'first' }), 50027],
    ['with HS256 keyed with the public key', hmacWithPublicKey, 50027],
    ['with EdDSA', () => swapHeader({ alg: 'EdDSA', kid: 'first' }), 50027],
    [
      'with RS256 said of a PS256 signature',
      () => swapHeader({ alg: 'RS256', kid: 'PS256' }, { kid: 'PS256' }),
      700027,
    ],
    ['with ES256 said of an RSA key', () => swapHeader({ alg: 'ES256', kid: 'first' }), 700027],
    ['with a key that is not published', () => token({}, { key: stranger }), 700027],
    ['with a kid that is not published', () => token({}, { header: { kid: 'gone' } }), 700027],
    ['with no kid where two keys may be meant', () => token({}, { kid: 'ES256', header: { kid: undefined } }), 700027],
    ['with a kid that is a path', () => token({}, { key: stranger, header: { kid: '../../dev/null' } }), 700027],
    ['with a kid that every object has', () => token({}, { key: stranger, header: { kid: '__proto__' } }), 700027],
    ['with a jku of its own', () => token({}, { key: stranger, header: { kid: 'x', jku: evil } }), 700027],
    ['with an x5u of its own', () => token({}, { key: stranger, header: { kid: 'x', x5u: evil } }), 700027],
    [
      'with a jwk of its own',
      () =>
        token(
          {},
          { key: stranger, header: { kid: 'x', jwk: newKeyPair('RS256').publicKey.export({ format: 'jwk' }) } },
        ),
      700027,
    ],
    ['signed by the other issuer of this client', () => cluster.sign(claims()), 700027],
    ['with an unknown critical header', () => swapHeader({ alg: 'RS256', kid: 'first', crit: ['x'], x: 1 }), 700027],
    ['with a changed payload', async () => changePayload(await token()), 700027],
    ['without a signature', async () => (await token()).replace(/[^.]+$/, ''), 700027],
  ])('%s', async (_, make, number) => {
    forget();
    await expect(present(await make())).rejects.toEqual(refusal(number));
    for (const url of network.asked) expect(url).toMatch(/^https:\/\/token.actions.example\//);
  });

  const changePayload = (text: string): string => {
    const [header, , signature] = text.split('.');
    return `${header}.${Buffer.from(JSON.stringify(claims({ exp: now() + 601 }))).toString('base64url')}.${signature}`;
  };

  test("under the client's own id, as if it were the client's assertion", async () => {
    const text = await token({ iss: client.appId, sub: client.appId, aud: 'https://login.example/token' });
    await expect(present(text)).rejects.toEqual(refusal(700027));
  });

  test('under the id of a certificate that the client has', async () => {
    const { record } = await makeCertificate();
    const { client: both } = directory.addClient(directory.tenant, {
      certificates: [record],
      federatedCredentials: [credential()],
    });
    const header = { kid: record.sha256Thumbprint };
    await expect(present(await token({}, { header }), { to: both })).rejects.toEqual(refusal(700027));
  });

  test('for a client without the credential, in this tenant and in another', async () => {
    const neighbour = clientWith([]);
    const abroad = clientWith([], directory.otherTenant);
    await expect(present(await token(), { to: neighbour })).rejects.toEqual(refusal(700211));
    const there = { to: abroad, tenant: directory.otherTenant };
    await expect(present(await token(), there)).rejects.toEqual(refusal(700211));
    await expect(present(await token(), { tenant: directory.otherTenant })).rejects.toEqual(refusal(700016));
  });

  test('without client_id, which its subject is not', async () => {
    await expect(present(await token({ sub: client.appId }), { withoutClientId: true })).rejects.toEqual(
      refusal(900144),
    );
  });

  test('replayed from another address, but not because another issuer counts alike', async () => {
    const jti = newUuid(random);
    const text = await token({ jti });
    await present(text, { sender: '10.0.0.1' });
    await expect(present(text, { sender: '10.0.0.2' })).rejects.toEqual(refusal(700027));
    await expect(present(await token({ jti, exp: now() + 700 }))).rejects.toEqual(refusal(700027));
    const other = { iss: cluster.issuer, sub: 'system:serviceaccount:ops:onboard', jti };
    expect((await present(await cluster.sign(claims(other)))).credential).toBe('federated');
  });

  test('of a disabled client, which hears so only now', async () => {
    const { client: disabled } = directory.addClient(directory.tenant, {
      enabled: false,
      federatedCredentials: [credential()],
    });
    await expect(present(await token(), { to: disabled })).rejects.toEqual(refusal(7000112));
    await expect(present(await token({}, { key: stranger }), { to: disabled })).rejects.toEqual(refusal(700027));
  });
});

describe('an issuer is asked', () => {
  const documents = () => [`${github.issuer}/.well-known/openid-configuration`, `${github.issuer}/keys`];

  test('never for a token that fits no credential, or has the wrong time', async () => {
    forget();
    for (const changes of [
      { iss: cluster.issuer },
      { sub: 'x' },
      { aud: 'x' },
      { exp: now() - 400 },
      { exp: now() + 1e6 },
    ])
      await expect(present(await token(changes))).rejects.toThrow();
    expect(network.asked).toEqual([]);
  });

  test('once for many tokens, at once and after each other, until ten minutes have passed', async () => {
    forget();
    const texts = await Promise.all(Array.from({ length: 5 }, () => token()));
    await Promise.all(texts.map((text) => present(text)));
    await present(await token());
    expect(network.asked).toEqual(documents());
    clock.advance(minutes(10) + 1);
    await present(await token());
    expect(network.asked).toEqual([...documents(), ...documents()]);
  });

  test('again for a key it did not have, but at most every 30 seconds', async () => {
    forget();
    await present(await token());
    const unknown = () => token({}, { header: { kid: 'unknown' } });
    for (let i = 0; i < 5; i += 1) await expect(present(await unknown())).rejects.toEqual(refusal(700027));
    expect(network.asked.length).toBe(2);
    clock.advance(seconds(31));
    await github.addKey('new', 'ES256');
    expect((await present(await token({}, { kid: 'new' }))).credential).toBe('federated');
    for (let i = 0; i < 5; i += 1) await expect(present(await unknown())).rejects.toEqual(refusal(700027));
    expect(network.asked.length).toBe(4);
  });

  test.each<[string, () => void]>([
    ['is not there', () => network.sites.delete(github.issuer)],
    ['answers 500', () => github.fail({ status: 500 })],
    ['answers 404', () => github.fail({ status: 404 })],
    ['sends us elsewhere', () => github.fail({ status: 302, headers: { location: `${cluster.issuer}keys` } })],
    ['answers without content', () => github.fail({ status: 204 })],
    ['answers with something else', () => github.fail({ body: '<html>' })],
    ['answers null', () => github.fail({ body: 'null' })],
    ['answers without end', () => github.fail({ body: `{"x":"${'x'.repeat(300_000)}"}` })],
    [
      'is another by its own word',
      () => github.fail({ body: { issuer: cluster.issuer, jwks_uri: 'https://x.example' } }),
    ],
    ['names no keys', () => github.fail({ body: { issuer: github.issuer } })],
    [
      'has its keys in the open',
      () => github.fail({ body: { issuer: github.issuer, jwks_uri: 'http://x.example/keys' } }),
    ],
    [
      'has its keys in our files',
      () => github.fail({ body: { issuer: github.issuer, jwks_uri: 'file:///etc/passwd' } }),
    ],
    [
      'publishes no set',
      () => github.fail({ body: { issuer: github.issuer, jwks_uri: `${github.issuer}/x`, keys: {} } }),
    ],
  ])('in vain when it %s: the words tell only whom we asked, and the cause is for the log', async (_, fail) => {
    forget();
    const site = network.sites.get(github.issuer);
    fail();
    const refused = present(await token());
    await expect(refused).rejects.toEqual(refusal(501661));
    await expect(refused).rejects.toThrow(/^Request to External OIDC endpoint failed\. .*without a redirect\.$/);
    const asked = network.asked.length;
    await expect(present(await token())).rejects.toEqual(refusal(501661));
    expect(network.asked.length).toBe(asked);
    for (const url of network.asked) expect(url).toMatch(/^https:\/\/token.actions.example\//);
    github.fail(undefined);
    if (site) network.sites.set(github.issuer, site);
    clock.advance(seconds(31));
    expect((await present(await token())).credential).toBe('federated');
  });

  test.each<[string, object]>([
    ['private keys', newKeyPair('RS256').privateKey.export({ format: 'jwk' })],
    ['shared keys', { kty: 'oct', k: 'c2VjcmV0', alg: 'HS256' }],
    ['short keys', { kty: 'RSA', n: 'AQAB', e: 'AQAB', alg: 'RS256' }],
    ['broken keys', { kty: 'RSA', n: 7 }],
    ['keys for encryption', { ...newKeyPair('RS256').publicKey.export({ format: 'jwk' }), use: 'enc' }],
  ])('and has nothing to verify with when it publishes %s', async (_, key) => {
    forget();
    const kept = github.jwks.keys.splice(0);
    github.jwks.keys.push({ ...key, kid: 'first' } as (typeof kept)[number]);
    await expect(present(await token())).rejects.toEqual(refusal(700027));
    github.jwks.keys.splice(0, 1, ...kept);
  });
});
