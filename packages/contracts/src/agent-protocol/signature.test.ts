import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contentDigest,
  parseSignature,
  type SignedParts,
  signatureBase,
  signatureHeader,
  signatureInput,
} from '../index.ts';

const keyId = `${'A'.repeat(40)}-_9`;
const digest = contentDigest(createHash('sha256').update('{}').digest('base64'));
const parts: SignedParts = {
  method: 'POST',
  path: '/agent/v1/heartbeat',
  contentDigest: digest,
  created: 1_790_000_000,
  keyId,
};
const header = signatureHeader(Buffer.alloc(64, 7).toString('base64'));

describe('a signed request', () => {
  test('has the text of RFC 9421 section 2.5, byte for byte', () => {
    expect(signatureBase(parts)).toBe(
      [
        '"@method": POST',
        '"@path": /agent/v1/heartbeat',
        '"content-digest": sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:',
        `"@signature-params": ("@method" "@path" "content-digest");created=1790000000;keyid="${keyId}";alg="ecdsa-p256-sha256"`,
      ].join('\n'),
    );
    expect(signatureInput(parts)).toBe(`machine=${signatureBase(parts).split('"@signature-params": ')[1]}`);
  });

  test('is read back as it was written, and its signature still verifies', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const fixedLength = (key: typeof privateKey) => ({ key, dsaEncoding: 'ieee-p1363' as const });
    const made = sign('sha256', Buffer.from(signatureBase(parts)), fixedLength(privateKey)).toString('base64');
    const read = parseSignature(signatureInput(parts), signatureHeader(made));
    expect(read).toEqual({ created: parts.created, keyId, signatureBase64: made });
    const base = Buffer.from(signatureBase({ ...parts, ...read }));
    expect(verify('sha256', base, fixedLength(publicKey), Buffer.from(made, 'base64'))).toBe(true);
  });

  test('differs in its signed text when any part differs', () => {
    const text = fc.stringMatching(/^[!-~]{1,12}$/);
    const any = fc.record({ method: text, path: text, contentDigest: text, created: fc.nat(), keyId: text });
    fc.assert(
      fc.property(any, any, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(signatureBase(one) === signatureBase(other)).toBe(isSame);
      }),
    );
  });
});

describe('there is one way to sign: any other form is refused', () => {
  const input = signatureInput(parts);
  test.each([
    ['', header],
    [input, ''],
    [input.replace('machine=', 'sig1='), header],
    [input.replace(' "content-digest"', ''), header],
    [input.replace('"@method" "@path"', '"@path" "@method"'), header],
    [input.replace('ecdsa-p256-sha256', 'hmac-sha256'), header],
    [input.replace(';alg="ecdsa-p256-sha256"', ''), header],
    [input.replace('created=1790000000', 'created=-1'), header],
    [input.replace('created=1790000000', 'created=1e9'), header],
    [input.replace('created=1790000000', `created=${'9'.repeat(13)}`), header],
    [input.replace(keyId, keyId.slice(1)), header],
    [input.replace(keyId, `${keyId.slice(1)}"`), header],
    [`${input};expires=1`, header],
    [`${input}, other=()`, header],
    [`${input}\n`, header],
    [` ${input}`, header],
    [input, header.replace('machine=', 'sig1=')],
    [input, signatureHeader(Buffer.alloc(63).toString('base64'))],
    [input, signatureHeader(Buffer.alloc(72).toString('base64'))],
    [input, signatureHeader(`${'-'.repeat(86)}==`)],
    [input, `${header}, other=:AA==:`],
  ])('%j with %j', (otherInput, otherHeader) => {
    expect(parseSignature(otherInput, otherHeader)).toBeUndefined();
  });

  test('foreign text never throws, and never passes', () => {
    const near = fc.array(fc.constantFrom(...input.split(/\b/), '"', ';', '\u0000'), { maxLength: 40 });
    const foreign = fc.oneof(
      fc.string(),
      near.map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(foreign, foreign, (someInput, someHeader) => {
        expect(parseSignature(someInput, header)).toBeUndefined();
        expect(parseSignature(input, someHeader)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});
