import { readClientCertificate } from '@holdfast/directory';
import fc from 'fast-check';
import { CompactSign } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestAuthority, type TestAuthority } from '../test/test-authority.ts';
import { makeCertificate } from '../test/test-certificate.ts';
import { random } from '../test/test-directory.ts';
import { parsePresentedClient } from './client-authentication/presented-client.ts';
import { parseClientAssertion } from './dialect/client-assertion.ts';
import { parseForm } from './dialect/form-fields.ts';
import { instanceDiscovery } from './dialect/instance-discovery.ts';
import { isNameOfResource, parseDefaultScope } from './dialect/requested-resource.ts';
import { OAuthError } from './oauth-error.ts';

// Whatever is sent, the answer is one of the catalogue: nothing throws, nothing becomes a fault of the server.

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
afterAll(() => authority.app.close());

const text = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 100 }));
const names = [
  'grant_type',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'scope',
  'resource',
];
const likely = fc.constantFrom(
  'client_credentials',
  'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  'https://x/.default',
  '00000000-0000-0000-0000-000000000000',
  'eyJhbGciOiJSUzI1NiJ9.e30.AA',
);
const fields = fc.dictionary(fc.constantFrom(...names), fc.oneof(likely, text));
const value = fc.oneof(fc.jsonValue(), text, fc.double(), fc.array(text));

const origins = { graph: 'https://graph.example', management: 'https://arm.example' };

const expectResult = (result: { ok: boolean; error?: unknown }) => {
  if (!result.ok) expect(result.error).toBeInstanceOf(OAuthError);
};

test('form, client and scope parsers', () => {
  fc.assert(
    fc.property(text, fields, text, (body, form, other) => {
      expectResult(parseForm(body));
      expectResult(parsePresentedClient(new Map(Object.entries(form)), other));
      const basic = `Basic ${Buffer.from(other).toString('base64')}`;
      expectResult(parsePresentedClient(new Map(Object.entries(form)), basic));
      expectResult(parseDefaultScope(other, origins));
      expectResult(parseDefaultScope(`${other}/.default`, origins));
      expect(typeof isNameOfResource(other)).toBe('boolean');
      expectResult(instanceDiscovery('https://login.example', other));
    }),
  );
});

test('the assertion parser, for any header and claims', () => {
  const part = (content: unknown) => Buffer.from(JSON.stringify(content) ?? '').toString('base64url');
  const header = fc.dictionary(fc.constantFrom('alg', 'kid', 'x5t', 'x5t#S256', 'x5c', 'crit', 'b64', 'jwk'), value);
  const claims = fc.dictionary(fc.constantFrom('iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'), value);
  fc.assert(
    fc.property(header, claims, text, (head, body, rest) => {
      expectResult(parseClientAssertion(rest));
      expectResult(parseClientAssertion(`${part({ alg: 'RS256', ...head })}.${part(body)}.${part(rest)}`));
      expectResult(parseClientAssertion(`${part(head)}.${rest}.${part(rest)}`));
    }),
  );
});

test('the certificate reader, for any bytes and any change to a certificate', async () => {
  const { certificateDer } = (await makeCertificate()).record;
  const position = fc.nat(certificateDer.length - 1);
  // 65537 as a DER INTEGER. Without its tag the certificate is well-formed around a key that is not.
  const exponent = Buffer.from(certificateDer).indexOf('0203010001', 'hex');
  fc.assert(
    fc.property(fc.uint8Array(), text, position, fc.nat(255), (bytes, other, at, byte) => {
      for (const source of [bytes, other, certificateDer.with(at, byte)])
        expect(typeof readClientCertificate(source, random).ok).toBe('boolean');
    }),
    { examples: [[new Uint8Array(), '', exponent, 0]] },
  );
});

test('the endpoint, for any form', async () => {
  const path = fc.constantFrom('oauth2/token', 'oauth2/v2.0/token');
  await fc.assert(
    fc.asyncProperty(fields, path, fc.constantFrom(undefined, 'Basic AA==', 'Bearer x'), async (form, to, header) => {
      const reply = await authority.app.inject({
        method: 'POST',
        url: `/${authority.tenant.id}/${to}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...(header && { authorization: header }) },
        payload: new URLSearchParams(form).toString(),
      });
      expect([400, 401]).toContain(reply.statusCode);
      expect(reply.json().error_description).toMatch(/^AADSTS\d+: /);
    }),
  );
});

test('the endpoint, for signed assertions with any claims', async () => {
  const certificate = await makeCertificate();
  const { client } = authority.addClient(authority.tenant, { certificates: [certificate.record] });
  const { appId } = client;
  const claims = fc.dictionary(fc.constantFrom('aud', 'exp', 'nbf', 'iat', 'jti'), value);
  await fc.assert(
    fc.asyncProperty(claims, async (changes) => {
      const payload = new TextEncoder().encode(JSON.stringify({ iss: appId, sub: appId, ...changes }));
      const header = { alg: 'PS256', 'x5t#S256': certificate.record.sha256Thumbprint };
      const assertion = await new CompactSign(payload).setProtectedHeader(header).sign(certificate.privateKey);
      const reply = await authority.app.inject({
        method: 'POST',
        url: `/${authority.tenant.id}/oauth2/v2.0/token`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({
          grant_type: 'client_credentials',
          scope: 'api://x/.default',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion,
        }).toString(),
      });
      expect(reply.statusCode).toBe(401);
    }),
    { numRuns: 60 },
  );
});
