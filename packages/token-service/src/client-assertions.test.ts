import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Client } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { CompactSign, decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestAuthority, postForm, type TestAuthority } from '../test/test-authority.ts';
import { makeCertificate, type TestCertificate } from '../test/test-certificate.ts';
import { random } from '../test/test-directory.ts';

let authority: TestAuthority;
let certificate: TestCertificate;
let stranger: TestCertificate;
let client: Client;
beforeAll(async () => {
  authority = await createTestAuthority();
  certificate = await makeCertificate();
  stranger = await makeCertificate();
  client = authority.addClient(authority.tenant, { secrets: [], certificates: [certificate.record] }).client;
});
afterAll(() => authority.app.close());

const padded = (text: string) => text.padEnd(Math.ceil(text.length / 4) * 4, '=');
const derOf = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '');
const brokenLines = (text: string) => text.replace(/.{64}/g, '$&\n');
const endpoint = (tenant = authority.tenant.id as string) => `${authority.origin}/${tenant}/oauth2/v2.0/token`;
const seconds = () => authority.clock.now().getTime() / 1000;

interface Assertion {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  key?: KeyObject | Uint8Array;
}

const claimsOf = (changes: Record<string, unknown> = {}) => {
  const id = client.appId;
  return { aud: endpoint(), iss: id, sub: id, jti: newUuid(random), nbf: seconds(), exp: seconds() + 600, ...changes };
};

const assert = async ({ header, claims, key }: Assertion = {}): Promise<string> => {
  const payload = new TextEncoder().encode(JSON.stringify(claimsOf(claims)));
  const names = { alg: 'PS256', 'x5t#S256': certificate.record.sha256Thumbprint, ...header };
  return new CompactSign(payload).setProtectedHeader(names).sign(key ?? certificate.privateKey);
};

/** A JWS of any header, signed by hand with nothing. */
const unsigned = (header: Record<string, unknown>, signature = ''): string =>
  [header, claimsOf()].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
  `.${signature}`;

const present = async (
  text: string,
  to: { tenant?: string; sender?: string; clientId?: string; scope?: string } = {},
) => {
  const fields = {
    grant_type: 'client_credentials',
    client_id: to.clientId ?? client.appId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: text,
    scope: to.scope ?? 'https://management.azure.com/.default',
  };
  const sender = to.sender === undefined ? {} : { sender: to.sender };
  return postForm(authority.app, { tenant: to.tenant ?? authority.tenant.id, ...sender }, fields);
};

describe('a certificate assertion is accepted', () => {
  test.each<[string, () => Record<string, unknown>]>([
    ['az and Python: RS256, padded x5t', () => ({ alg: 'RS256', x5t: padded(certificate.record.sha1Thumbprint) })],
    ['msal-node: PS256, x5t#S256', () => ({ 'x5t#S256': certificate.record.sha256Thumbprint })],
    ['Go: PS256, padded x5t#S256', () => ({ 'x5t#S256': padded(certificate.record.sha256Thumbprint) })],
    ['Terraform: RS256, kid = padded SHA-1', () => ({ alg: 'RS256', kid: padded(certificate.record.sha1Thumbprint) })],
    ['RFC clients: kid = SHA-256', () => ({ alg: 'RS256', kid: certificate.record.sha256Thumbprint })],
    ['az with SN/I: only x5c, with line breaks', () => ({ alg: 'RS256', x5c: [brokenLines(derOf(certificate.pem))] })],
    ['a foreign chain above the leaf', () => ({ x5c: [derOf(certificate.pem), derOf(stranger.pem)] })],
  ])('from %s', async (_, header) => {
    const reply = await present(await assert({ header: { 'x5t#S256': undefined, ...header() } }));
    expect(reply.statusCode).toBe(200);
    expect(decodeJwt(reply.json().access_token)).toMatchObject({ appid: client.appId, appidacr: '2' });
  });

  test.each<[string, () => unknown]>([
    ['the v1 endpoint', () => `${authority.origin}/${authority.tenant.id}/oauth2/token`],
    ['the endpoint by domain', () => endpoint('first.example')],
    ['the endpoint in capitals', () => endpoint().toUpperCase()],
    ['the issuer, as RFC clients do', () => `${authority.origin}/${authority.tenant.id}/v2.0`],
    ['two names of ours', () => [endpoint(), `${authority.origin}/${authority.tenant.id}/v2.0`]],
  ])('for %s as audience', async (_, aud) => {
    expect((await present(await assert({ claims: { aud: aud() } }))).statusCode).toBe(200);
  });

  test.each<[string, () => Record<string, unknown>]>([
    ['times with fractions', () => ({ iat: seconds() - 0.25, exp: seconds() + 600.75, nbf: undefined })],
    ['a clock four minutes ahead', () => ({ nbf: seconds() + 240, exp: seconds() + 840 })],
    ['a clock four minutes behind', () => ({ nbf: seconds() - 840, exp: seconds() - 240 })],
    ['neither jti, nbf nor iat', () => ({ jti: undefined, nbf: undefined })],
    ['an hour, as Terraform', () => ({ exp: seconds() + 3600 })],
  ])('with %s', async (_, claims) => {
    expect((await present(await assert({ claims: claims() }))).statusCode).toBe(200);
  });

  test('again by its sender while it lives: MSAL keeps one for all resources', async () => {
    const text = await assert();
    for (const scope of ['https://management.azure.com/.default', 'https://graph.microsoft.com/.default'])
      expect((await present(text, { scope })).statusCode).toBe(200);
  });

  test('without client_id, which its subject gives', async () => {
    const text = await assert();
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const fields = { grant_type: 'client_credentials', client_assertion_type: type, client_assertion: text };
    const to = { tenant: authority.tenant.id };
    expect((await postForm(authority.app, to, { ...fields, scope: 'api://x/.default' })).statusCode).toBe(200);
  });
});

describe('a certificate assertion is refused', () => {
  const publicPem = () => certificate.pem;
  test.each<[string, () => Promise<string> | string, number]>([
    ['alg none', () => unsigned({ alg: 'none', x5t: certificate.record.sha1Thumbprint }), 50027],
    [
      'alg NONE with a signature',
      () => unsigned({ alg: 'NONE', x5t: certificate.record.sha1Thumbprint }, 'AAAA'),
      50027,
    ],
    [
      'HS256 keyed with the certificate',
      () => assert({ header: { alg: 'HS256' }, key: Buffer.from(publicPem()) }),
      50027,
    ],
    ['RS512', () => assert({ header: { alg: 'RS512' } }), 50027],
    ['RS256 said of a PS256 signature', async () => swapHeader(await assert(), { alg: 'RS256' }), 700027],
    [
      'a key that is not registered',
      () => assert({ header: { 'x5t#S256': stranger.record.sha256Thumbprint }, key: stranger.privateKey }),
      700027,
    ],
    ['a registered name on a foreign signature', () => assert({ key: stranger.privateKey }), 700027],
    [
      'x5c of an unregistered certificate',
      () => assert({ header: { 'x5t#S256': undefined, x5c: [derOf(stranger.pem)] }, key: stranger.privateKey }),
      700027,
    ],
    [
      'x5c with the registered leaf and a foreign signature',
      () => assert({ header: { x5c: [derOf(certificate.pem)] }, key: stranger.privateKey }),
      700027,
    ],
    [
      'an embedded jwk',
      () =>
        assert({
          header: { 'x5t#S256': undefined, jwk: stranger.privateKey.export({ format: 'jwk' }) },
          key: stranger.privateKey,
        }),
      700027,
    ],
    [
      'jku and x5u',
      () =>
        assert({
          header: { jku: 'https://evil.example/keys', x5u: 'https://evil.example/cert' },
          key: stranger.privateKey,
        }),
      700027,
    ],
    [
      'a kid that is a path',
      () => assert({ header: { 'x5t#S256': undefined, kid: '../../dev/null' }, key: stranger.privateKey }),
      700027,
    ],
    [
      'a kid that is SQL',
      () => assert({ header: { 'x5t#S256': undefined, kid: "' OR '1'='1" }, key: stranger.privateKey }),
      700027,
    ],
    ['no name of a key', () => assert({ header: { 'x5t#S256': undefined } }), 700027],
    ['an unknown critical header', () => swapHeaderOf({ crit: ['exp'], exp: 1 }), 700027],
    ['an unencoded payload (RFC 7797)', () => swapHeaderOf({ b64: false, crit: ['b64'] }), 700027],
    ['a compressed payload', () => swapHeaderOf({ zip: 'DEF' }), 700027],
    ['ES256, which certificates here do not sign', () => swapHeaderOf({ alg: 'ES256' }), 50027],
    ['the address of an issuer that nobody trusts', () => assert({ claims: { iss: 'https://evil.example' } }), 700211],
    ['our own address as issuer', () => assert({ claims: { iss: `${authority.origin}/x/v2.0` } }), 700211],
    ['another audience', () => assert({ claims: { aud: 'https://evil.example/token' } }), 700023],
    ["another tenant's endpoint", () => assert({ claims: { aud: endpoint(authority.otherTenant.id) } }), 700023],
    [
      'our audience beside a foreign one',
      () => assert({ claims: { aud: [endpoint(), 'https://evil.example'] } }),
      700023,
    ],
    ['no audience', () => assert({ claims: { aud: undefined } }), 700023],
    ['an audience that is a number', () => assert({ claims: { aud: 7 } }), 700023],
    ['expired', () => assert({ claims: { nbf: seconds() - 1200, exp: seconds() - 301 } }), 700024],
    ['not yet valid', () => assert({ claims: { nbf: seconds() + 360, exp: seconds() + 600 } }), 700024],
    ['no end', () => assert({ claims: { exp: undefined } }), 50027],
    ['an end that is text', () => assert({ claims: { exp: '9999999999' } }), 50027],
    ['an end beyond reason', () => assert({ claims: { exp: 1e300 } }), 50027],
    ['longer than a day', () => assert({ claims: { exp: seconds() + 90_000 } }), 700027],
    [
      'longer than a day without a beginning',
      () => assert({ claims: { nbf: undefined, exp: seconds() + 90_000 } }),
      700027,
    ],
    ['another issuer', () => assert({ claims: { iss: newUuid(random) } }), 700021],
    ['another subject', () => assert({ claims: { sub: newUuid(random) } }), 700021],
    ['not a JWT', () => 'not.a.jwt', 50027],
    ['a JWE', () => 'eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d', 50027],
    ['oversized', () => `${'a'.repeat(40_000)}.b.c`, 50027],
    ['a huge jti', () => assert({ claims: { jti: 'j'.repeat(300) } }), 50027],
  ])('%s', async (_, make, number) => {
    const reply = await present(await make());
    expect([reply.statusCode, reply.json().error, reply.json().error_codes]).toEqual([401, 'invalid_client', [number]]);
  });

  const swapHeader = (text: string, header: Record<string, unknown>): string => {
    const [first = '', ...rest] = text.split('.');
    const changed = { ...JSON.parse(Buffer.from(first, 'base64url').toString()), ...header };
    return [Buffer.from(JSON.stringify(changed)).toString('base64url'), ...rest].join('.');
  };
  const swapHeaderOf = async (header: Record<string, unknown>) => swapHeader(await assert(), header);

  test('replayed from another address', async () => {
    const text = await assert();
    expect((await present(text, { sender: '10.0.0.1' })).statusCode).toBe(200);
    const replayed = await present(text, { sender: '10.0.0.2' });
    expect([replayed.statusCode, replayed.json().error_codes]).toEqual([401, [700027]]);
    expect((await present(text, { sender: '10.0.0.1' })).statusCode).toBe(200);
  });

  test('with the jti of another assertion', async () => {
    const jti = newUuid(random);
    expect((await present(await assert({ claims: { jti } }))).statusCode).toBe(200);
    const second = await present(await assert({ claims: { jti, exp: seconds() + 700 } }));
    expect(second.json().error_codes).toEqual([700027]);
  });

  test('replayed without a jti from another address, under another PS256 signature too', async () => {
    const claims = { ...claimsOf(), jti: undefined };
    const again = () => assert({ claims });
    expect((await present(await again(), { sender: '10.0.0.1' })).statusCode).toBe(200);
    expect((await present(await again(), { sender: '10.0.0.2' })).json().error_codes).toEqual([700027]);
  });

  test('in another tenant, where the client is unknown', async () => {
    const reply = await present(await assert(), { tenant: authority.otherTenant.id });
    expect(reply.json().error_codes).toEqual([700016]);
  });

  test("for another client, although both are the tenant's", async () => {
    const other = authority.addClient(authority.tenant, { certificates: [stranger.record] }).client;
    expect((await present(await assert(), { clientId: other.appId })).json().error_codes).toEqual([700021]);
  });

  test('signed by a certificate that has expired or not begun', async () => {
    const from = authority.clock.now();
    const past = { ...certificate.record, endsAt: from };
    const future = { ...certificate.record, startsAt: new Date(from.getTime() + 60_000) };
    for (const record of [past, future]) {
      const { appId } = authority.addClient(authority.tenant, { certificates: [record] }).client;
      const text = await assert({ claims: { iss: appId, sub: appId } });
      const reply = await present(text, { clientId: appId });
      expect(reply.json().error_description).toMatch(/The key used is (expired|not yet valid)/);
    }
  });

  test('signed by a key of the right kind that is nobody’s', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const kid = createHash('sha256')
      .update(publicKey.export({ format: 'der', type: 'spki' }))
      .digest('base64url');
    expect((await present(await assert({ header: { 'x5t#S256': undefined, kid }, key: privateKey }))).statusCode).toBe(
      401,
    );
  });
});
