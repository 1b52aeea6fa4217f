import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { writeSelfSigned } from '../../test/self-signed.ts';
import { readClientCertificate } from '../options/client-certificate.ts';
import { createScaledClock } from '../testing/scaled-clock.ts';
import { clientAssertion } from './client-assertion.ts';

test('the assertion is a JWT that jose verifies with the certificate alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assertion-'));
  const made = await writeSelfSigned(folder, { name: 'app' });
  const assertion = clientAssertion({
    clientId: 'the-app',
    certificate: readClientCertificate(made.bothFile),
    audience: 'https://login.example/t/oauth2/v2.0/token',
    clock: createScaledClock(1),
    random: { bytes: (length) => new Uint8Array(length) },
  });
  rmSync(folder, { recursive: true });
  const certificate = new X509Certificate(made.cert);
  const { payload } = await jwtVerify(assertion, certificate.publicKey, {
    audience: 'https://login.example/t/oauth2/v2.0/token',
    issuer: 'the-app',
    subject: 'the-app',
    maxTokenAge: '1 minute',
    requiredClaims: ['exp', 'nbf', 'jti'],
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
  const { raw } = certificate;
  expect(decodeProtectedHeader(assertion)).toEqual({
    alg: 'PS256',
    typ: 'JWT',
    x5t: createHash('sha1').update(raw).digest('base64url'),
    'x5t#S256': createHash('sha256').update(raw).digest('base64url'),
  });
});
