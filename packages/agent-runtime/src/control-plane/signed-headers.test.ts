import { createHash, webcrypto } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, importSPKI } from 'jose';
import { expect, test } from 'vitest';
import { generateIdentityKey, parseIdentityKey } from '../identity/identity-key.ts';
import { signedHeaders } from './signed-headers.ts';

const spkiPem = (publicKey: string) => `-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----\n`;

test('the key id is the thumbprint that jose calculates, and survives the file', async () => {
  const key = generateIdentityKey();
  const jwk = await exportJWK(await importSPKI(spkiPem(key.publicKey), 'ES256', { extractable: true }));
  expect(key.keyId).toBe(await calculateJwkThumbprint(jwk, 'sha256'));
  expect(parseIdentityKey(key.exportPem()).keyId).toBe(key.keyId);
});

test('the signature over the text of RFC 9421 verifies elsewhere', async () => {
  const key = generateIdentityKey();
  const body = '{"resource":"ü"}';
  const now = new Date('2026-11-23T07:00:00.900Z');
  const headers = signedHeaders(key, { method: 'POST', path: '/agent/v1/token', body, now });
  const digest = createHash('sha256').update(Buffer.from(body)).digest('base64');
  expect(headers).toMatchObject({
    'content-digest': `sha-256=:${digest}:`,
    'content-length': String(Buffer.byteLength(body)),
    'holdfast-agent-protocol': '1',
  });
  const parameters = `("@method" "@path" "content-digest");created=1795417200;keyid="${key.keyId}";alg="ecdsa-p256-sha256"`;
  expect(headers['signature-input']).toBe(`machine=${parameters}`);
  const base = [
    '"@method": POST',
    '"@path": /agent/v1/token',
    `"content-digest": sha-256=:${digest}:`,
    `"@signature-params": ${parameters}`,
  ].join('\n');
  const signature = Buffer.from(/^machine=:(.+):$/.exec(headers.signature ?? '')?.[1] ?? '', 'base64');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const spki = Buffer.from(key.publicKey, 'base64');
  const publicKey = await webcrypto.subtle.importKey('spki', spki, algorithm, false, ['verify']);
  const verified = webcrypto.subtle.verify({ ...algorithm, hash: 'SHA-256' }, publicKey, signature, Buffer.from(base));
  expect(await verified).toBe(true);
});
