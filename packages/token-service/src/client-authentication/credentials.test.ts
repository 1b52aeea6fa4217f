import { createHash } from 'node:crypto';
import { newClientSecret, readClientCertificate } from '@holdfast/directory';
import { addMs, days, seconds } from '@holdfast/kernel';
import { makeSelfSigned, systemCommand } from '@holdfast/testkit';
import { describe, expect, test } from 'vitest';
import {
  makeCertificate,
  makeCertificateWithOpenssl,
  makePemWithOpenssl,
  type TestCertificate,
} from '../../test/test-certificate.ts';
import { createTestClock, random } from '../../test/test-directory.ts';
import { createAssertionReplayGuard } from './assertion-replay.ts';

const now = new Date('2026-11-23T12:00:00Z');

describe('a generated secret', () => {
  const make = () => newClientSecret({ now, random, displayName: 'ci', endsAt: addMs(now, days(90)) });

  test('has 256 bits, begins with a letter or digit, and is kept as a hash and a hint', () => {
    for (let i = 0; i < 200; i += 1) expect(make().secret).toMatch(/^[A-Za-z0-9][\w-]{42}$/);
    const { secret, record } = make();
    expect(Buffer.from(record.sha256)).toEqual(createHash('sha256').update(secret).digest());
    expect(record).toMatchObject({ hint: secret.slice(0, 3), startsAt: now, endsAt: addMs(now, days(90)) });
    expect(JSON.stringify(record)).not.toContain(secret);
  });
});

describe('a client certificate', () => {
  const expectReadAlike = ({ pem, privateKeyPem, record }: TestCertificate) => {
    for (const source of [pem, privateKeyPem + pem, record.certificateDer]) {
      const read = readClientCertificate(source, random);
      expect(read.ok && { ...read.value, id: record.id }).toEqual(record);
    }
    expect(record.sha1Thumbprint).toBe(createHash('sha1').update(record.certificateDer).digest('base64url'));
    expect(record.sha256Thumbprint).toBe(createHash('sha256').update(record.certificateDer).digest('base64url'));
    expect(record.startsAt < record.endsAt).toBe(true);
  };

  test('is read from PEM, from PEM with its key, and from DER alike', async () => {
    expectReadAlike(await makeCertificate());
  });

  const refused = { ok: false, error: "the certificate's key must be RSA with at least 2048 bits" };
  test.each(['P-256', 'weak RSA'] as const)('with a %s key is refused', async (key) => {
    const { certificatePem } = await makeSelfSigned({ name: 'localhost', key });
    expect(readClientCertificate(certificatePem, random)).toEqual(refused);
  });

  describe.skipIf(!systemCommand('openssl'))('that openssl made', () => {
    test('is read alike', () => expectReadAlike(makeCertificateWithOpenssl()));

    test.each([
      ['an elliptic key', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
      ['a weak key', ['rsa:1024']],
    ])('with %s is refused', (_, key) => {
      expect(readClientCertificate(makePemWithOpenssl(key).pem, random)).toEqual(refused);
    });
  });

  test.each(['', 'x', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])('%j is none', (source) => {
    expect(readClientCertificate(source, random).ok).toBe(false);
  });
});

describe('the memory of assertions', () => {
  const use = (changes: object = {}) => ({
    client: 'a',
    id: 'j',
    text: 'h.c.s',
    sender: 'here',
    expiresAt: addMs(now, 0),
    ...changes,
  });

  test('is kept by client', () => {
    const guard = createAssertionReplayGuard(createTestClock());
    expect(guard.claim(use())).toBe(true);
    expect(guard.claim(use({ sender: 'there' }))).toBe(false);
    expect(guard.claim(use({ client: 'b', sender: 'there' }))).toBe(true);
  });

  test('is bounded: a client that floods it forgets its own only', () => {
    const guard = createAssertionReplayGuard(createTestClock());
    guard.claim(use({ client: 'victim' }));
    guard.claim(use());
    for (let i = 0; i < 17_000; i += 1) guard.claim(use({ id: `flood ${i}` }));
    expect(guard.claim(use({ client: 'victim', sender: 'there' }))).toBe(false);
    expect(guard.claim(use({ sender: 'there' }))).toBe(true);
  });

  test('lasts until the assertion has expired', () => {
    const clock = createTestClock();
    const guard = createAssertionReplayGuard(clock);
    guard.claim(use({ expiresAt: addMs(clock.now(), seconds(120)) }));
    clock.advance(seconds(61));
    expect(guard.claim(use({ sender: 'there' }))).toBe(false);
    clock.advance(seconds(61));
    expect(guard.claim(use({ sender: 'there' }))).toBe(true);
  });
});
