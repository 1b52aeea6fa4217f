import { execFileSync } from 'node:child_process';
import { unwrap } from '@holdfast/kernel';
import fc from 'fast-check';
import { calculateJwkThumbprint, exportJWK, importSPKI } from 'jose';
import { describe, expect, test } from 'vitest';
import { parseIdentityKey } from './identity-key.ts';

const openssl = (parameters: readonly string[], input?: Buffer): Buffer =>
  execFileSync('openssl', [...parameters], { input, stdio: ['pipe', 'pipe', 'ignore'] });

/** The DER SubjectPublicKeyInfo of a key that openssl makes. */
const spkiOf = (...kind: readonly string[]): Buffer =>
  openssl(['pkey', '-pubout', '-outform', 'DER'], openssl(['genpkey', ...kind]));
const curve = (name: string) => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${name}`] as const;

describe('an identity key', () => {
  const der = spkiOf(...curve('P-256'));

  test('is a P-256 key, known by its RFC 7638 thumbprint', async () => {
    const pem = openssl(['pkey', '-pubin', '-inform', 'DER'], der).toString();
    const jwk = await exportJWK(await importSPKI(pem, 'ES256', { extractable: true }));
    expect(parseIdentityKey(der.toString('base64'))).toEqual({
      ok: true,
      value: { publicKey: der.toString('base64'), keyId: await calculateJwkThumbprint(jwk, 'sha256') },
    });
  });

  test('is one key however its point is written: it is kept in one form', () => {
    const compressed = openssl(
      ['pkey', '-pubin', '-inform', 'DER', '-pubout', '-outform', 'DER', '-ec_conv_form', 'compressed'],
      der,
    );
    expect(compressed.length).toBeLessThan(der.length);
    const [one, other] = [der, compressed].map((each) => unwrap(parseIdentityKey(each.toString('base64'))));
    expect(other).toEqual(one);
  });
});

describe('no identity key is', () => {
  test.each([
    ['of another curve', () => spkiOf(...curve('P-384'))],
    ['of a curve of the same size', () => spkiOf(...curve('secp256k1'))],
    ['RSA', () => spkiOf('-algorithm', 'RSA')],
    ['Ed25519', () => spkiOf('-algorithm', 'ed25519')],
    [
      'a private key',
      () => openssl(['pkcs8', '-topk8', '-nocrypt', '-outform', 'DER'], openssl(['genpkey', ...curve('P-256')])),
    ],
    ['cut off', () => spkiOf(...curve('P-256')).subarray(0, -1)],
    ['nothing', () => Buffer.alloc(0)],
    [
      'a point that is not on the curve',
      () => {
        const der = spkiOf(...curve('P-256'));
        der[der.length - 1] = (der[der.length - 1] ?? 0) ^ 1;
        return der;
      },
    ],
  ])('a key %s', (_, make) => {
    expect(parseIdentityKey(make().toString('base64'))).toMatchObject({
      ok: false,
      error: { status: 400, code: 'InvalidRequestContent', target: 'properties.clientPublicKey' },
    });
  });

  test('foreign text, which never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(parseIdentityKey(text).ok).toBe(false);
      }),
    );
  });
});
