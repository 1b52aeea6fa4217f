import { addMs, days, err, newUuid, ok } from '@holdfast/kernel';
import fc from 'fast-check';
import { CompactSign, exportJWK } from 'jose';
import { expect, test } from 'vitest';
import { createTestClock, createTestDirectory, random } from '../../test/test-directory.ts';
import { newKeyPair } from '../../test/test-issuer.ts';
import { parseClientAssertion } from '../dialect/client-assertion.ts';
import { OAuthError } from '../oauth-error.ts';
import { createIssuerKeys, type IssuerKeys } from './issuer-keys.ts';
import { verifyForeignAssertion } from './verify-foreign-assertion.ts';

// Whatever an issuer publishes and whoever's token is presented, the answer is a refusal of the catalogue.

const issuer = 'https://issuer.example';
const clock = createTestClock();
const { privateKey, publicKey } = newKeyPair('RS256');
const publicJwk = await exportJWK(publicKey);
const text = fc.oneof(fc.string({ maxLength: 100 }), fc.string({ unit: 'binary', maxLength: 50 }));
const value = fc.oneof(fc.jsonValue(), text);

test('the reader of metadata and keys, for any documents', async () => {
  const metadata = fc.oneof(value, fc.constant({ issuer, jwks_uri: `${issuer}/keys` }));
  const names = ['kty', 'kid', 'alg', 'use', 'key_ops', 'n', 'e', 'crv', 'x', 'y', 'd', 'k', 'ext', '__proto__'];
  const likely = fc.constantFrom<unknown>(
    'RSA',
    'EC',
    'oct',
    'OKP',
    'P-256',
    'sig',
    'RS256',
    'first',
    ...Object.values(publicJwk),
  );
  const jwk = fc.oneof(
    value,
    fc.dictionary(fc.constantFrom(...names), fc.oneof(likely, value)),
    fc.constant(publicJwk),
  );
  const jwks = fc.oneof(value, fc.record({ keys: fc.oneof(value, fc.array(jwk, { maxLength: 4 })) }));
  const name = fc.record({
    alg: fc.constantFrom('RS256', 'ES256', 'PS512'),
    kid: fc.option(fc.constantFrom('first', '__proto__'), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(metadata, jwks, name, text, async (about, keys, wanted, raw) => {
      const answers = [JSON.stringify(about), JSON.stringify(keys)];
      for (const documents of [answers, [raw, raw]]) {
        const rest = [...documents];
        const fetch = async () => new Response(rest.shift() ?? '');
        const found = await createIssuerKeys({ fetch, clock }).find(issuer, wanted);
        if (found.ok && found.value !== undefined)
          expect(found.value).toMatchObject({ type: 'public', usages: ['verify'] });
      }
    }),
    { numRuns: 300 },
  );
});

test('the verifier, for any header and claims, signed or not', async () => {
  const directory = createTestDirectory(clock);
  const credential = {
    id: newUuid(random),
    name: 'ci',
    description: undefined,
    issuer,
    subject: 's',
    audiences: ['a'],
  };
  const { client } = directory.addClient(directory.tenant, {
    federatedCredentials: [{ ...credential, lastUsedAt: undefined }],
  });
  const seconds = (at: Date) => at.getTime() / 1000;
  const now = clock.now();
  const times = fc.constantFrom<unknown>(
    seconds(now),
    seconds(addMs(now, 60_000)),
    seconds(addMs(now, days(2))),
    -1,
    1e300,
  );
  const claimNames = fc.constantFrom('iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', '__proto__');
  const claims = fc.dictionary(claimNames, fc.oneof(value, times, fc.constantFrom<unknown>(issuer, 's', 'a', ['a'])));
  const headers = fc.dictionary(fc.constantFrom('alg', 'kid', 'crit', 'b64', 'jwk', 'jku', 'x5c', 'typ', 'zip'), value);
  const key = await crypto.subtle.importKey('jwk', publicJwk, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, [
    'verify',
  ]);
  const issuerKeys: IssuerKeys = {
    find: async (_, { kid }) => (kid === 'x' ? err('no') : ok(kid === 'y' ? undefined : key)),
  };
  const part = (content: unknown) => Buffer.from(JSON.stringify(content) ?? '').toString('base64url');
  const good = { iss: issuer, sub: 's', aud: 'a', exp: seconds(now) + 60 };
  await fc.assert(
    fc.asyncProperty(claims, headers, text, async (changes, header, rest) => {
      const payload = new TextEncoder().encode(JSON.stringify({ ...good, ...changes }));
      const signed = await new CompactSign(payload).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
      const [, body, signature] = signed.split('.');
      const unsigned = `${part({ alg: 'RS256', ...header })}.${body}.${rest === '' ? signature : part(rest)}`;
      for (const presented of [signed, unsigned, `${part(header)}.${part(changes)}.${rest}`]) {
        const assertion = parseClientAssertion(presented);
        if (!assertion.ok) expect(assertion.error).toBeInstanceOf(OAuthError);
        else
          await verifyForeignAssertion({ assertion: assertion.value, client, issuerKeys, now }).then(
            (found) => expect([presented, found.id]).toEqual([signed, credential.id]),
            (error) => expect(error).toBeInstanceOf(OAuthError),
          );
      }
    }),
    { numRuns: 300 },
  );
});
