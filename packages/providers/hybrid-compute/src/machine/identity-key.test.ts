import { execFileSync } from 'node:child_process';
import { ECDH, generateKeyPairSync } from 'node:crypto';
import { unwrap } from '@holdfast/kernel';
import { systemCommand } from '@holdfast/testkit';
import fc from 'fast-check';
import { calculateJwkThumbprint, exportJWK, importSPKI } from 'jose';
import { describe, expect, test } from 'vitest';
import { parseIdentityKey } from './identity-key.ts';

type Kind = 'P-256' | 'P-384' | 'secp256k1' | 'RSA' | 'Ed25519';

/** What makes keys, in DER. */
interface Maker {
  spki(kind: Kind): Buffer;
  /** A P-256 key's SubjectPublicKeyInfo with its point in the compressed form. */
  compressed(spki: Buffer): Buffer;
  privateKey(): Buffer;
}

const pairOf = (kind: Kind) => {
  if (kind === 'RSA') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return kind === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: kind });
};

const byNode: Maker = {
  spki: (kind) => pairOf(kind).publicKey.export({ format: 'der', type: 'spki' }),
  compressed: (spki) => {
    const point = ECDH.convertKey(spki.subarray(-65), 'prime256v1', undefined, undefined, 'compressed') as Buffer;
    // RFC 5480: the algorithm and its curve, then the point as a bit string.
    return Buffer.concat([Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex'), point]);
  },
  privateKey: () => pairOf('P-256').privateKey.export({ format: 'der', type: 'pkcs8' }),
};

const openssl = (parameters: readonly string[], input?: Buffer): Buffer =>
  execFileSync('openssl', [...parameters], { input, stdio: ['pipe', 'pipe', 'ignore'] });
const generated = (kind: Kind): Buffer => {
  if (kind === 'RSA' || kind === 'Ed25519') return openssl(['genpkey', '-algorithm', kind.toLowerCase()]);
  return openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${kind}`]);
};
const derPublic = ['-pubout', '-outform', 'DER'] as const;

const byOpenssl: Maker = {
  spki: (kind) => openssl(['pkey', ...derPublic], generated(kind)),
  compressed: (spki) =>
    openssl(['pkey', '-pubin', '-inform', 'DER', ...derPublic, '-ec_conv_form', 'compressed'], spki),
  privateKey: () => openssl(['pkcs8', '-topk8', '-nocrypt', '-outform', 'DER'], generated('P-256')),
};

const rulesFor = (maker: Maker) => {
  test('of P-256 is one, known by its RFC 7638 thumbprint', async () => {
    const der = maker.spki('P-256');
    const pem = `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----`;
    const jwk = await exportJWK(await importSPKI(pem, 'ES256', { extractable: true }));
    expect(parseIdentityKey(der.toString('base64'))).toEqual({
      ok: true,
      value: { publicKey: der.toString('base64'), keyId: await calculateJwkThumbprint(jwk, 'sha256') },
    });
  });

  test('is one key however its point is written: it is kept in one form', () => {
    const der = maker.spki('P-256');
    const compressed = maker.compressed(der);
    expect(compressed.length).toBeLessThan(der.length);
    const [one, other] = [der, compressed].map((each) => unwrap(parseIdentityKey(each.toString('base64'))));
    expect(other).toEqual(one);
  });

  test.each([
    ['of another curve', () => maker.spki('P-384')],
    ['of a curve of the same size', () => maker.spki('secp256k1')],
    ['of RSA', () => maker.spki('RSA')],
    ['of Ed25519', () => maker.spki('Ed25519')],
    ['that is private', () => maker.privateKey()],
    ['that is cut off', () => maker.spki('P-256').subarray(0, -1)],
    [
      'with a point that is not on the curve',
      () => {
        const der = maker.spki('P-256');
        der[der.length - 1] = (der[der.length - 1] ?? 0) ^ 1;
        return der;
      },
    ],
  ])('%s is none', (_, make) => {
    expectNone(make().toString('base64'));
  });
};

const expectNone = (text: string) => {
  expect(parseIdentityKey(text)).toMatchObject({
    ok: false,
    error: { status: 400, code: 'InvalidRequestContent', target: 'properties.clientPublicKey' },
  });
};

describe('an identity key made by Node', () => rulesFor(byNode));
describe.skipIf(!systemCommand('openssl'))('an identity key made by openssl', () => rulesFor(byOpenssl));

describe('no identity key is', () => {
  test('nothing', () => expectNone(''));

  test('foreign text, which never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(parseIdentityKey(text).ok).toBe(false);
      }),
    );
  });
});
