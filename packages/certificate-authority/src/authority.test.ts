import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addMs, days, newUuid } from '@holdfast/kernel';
import { systemCommand } from '@holdfast/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, createAuthority, openAuthority } from './index.ts';

const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };
const now = new Date();
const clock = { now: () => now, sleep: async () => {} };
const machineId = newUuid(random);
const tenantId = newUuid(random);

const folder = mkdtempSync(join(tmpdir(), 'holdfast-ca-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const withOpenssl = test.skipIf(!systemCommand('openssl'));
const openssl = (...parameters: string[]): string =>
  execFileSync('openssl', parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const machineKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spkiOf = (keys: ReturnType<typeof machineKey>) =>
  new Uint8Array(keys.publicKey.export({ format: 'der', type: 'spki' }));

let authority: Authority;
let caFile: string;

beforeAll(async () => {
  const made = await createAuthority({ subject: 'Holdfast test, O=none', clock, random, validityDays: 3650 });
  authority = await openAuthority({ ...made, random });
  caFile = file('ca.pem', made.certificatePem);
});

describe('the authority', () => {
  withOpenssl('is a self-signed CA that allows no authority below it', () => {
    const text = openssl('x509', '-in', caFile, '-noout', '-text');
    expect(text).toMatch(/X509v3 Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    expect(text).toMatch(/X509v3 Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
    expect(text).toMatch(/X509v3 Subject Key Identifier:/);
    expect(text).toContain('Subject: CN = "Holdfast test, O=none"');
    expect(openssl('verify', '-x509_strict', '-CAfile', caFile, caFile)).toContain('OK');
  });

  test('does not open with the key of another', async () => {
    const other = await createAuthority({ subject: 'Other', clock, random, validityDays: 1 });
    const mixed = { certificatePem: authority.certificatePem, privateKeyPkcs8: other.privateKeyPkcs8, random };
    await expect(openAuthority(mixed)).rejects.toThrow(/do not belong together/);
  });
});

describe('a server certificate', () => {
  const hosts = ['localhost', 'Server.Example', '127.0.0.1', '::1', '*.apps.example'];

  test('names each of its hosts and no other, and was issued by the authority', async () => {
    const issued = await authority.issueServerCertificate({ hosts, validityDays: 397, now });
    const read = new X509Certificate(issued.certificatePem);
    for (const host of ['localhost', 'server.example', 'a.apps.example']) expect(read.checkHost(host)).toBeDefined();
    for (const address of ['127.0.0.1', '::1']) expect(read.checkIP(address)).toBeDefined();
    expect(read.checkHost('elsewhere.example')).toBeUndefined();
    expect(read.verify(new X509Certificate(authority.certificatePem).publicKey)).toBe(true);
    expect(read.validToDate).toEqual(issued.notAfter);
  });

  withOpenssl('verifies for each of its hosts and for no other', async () => {
    const issued = await authority.issueServerCertificate({ hosts, validityDays: 397, now });
    const path = file('server.pem', issued.certificatePem);
    const verify = (...check: string[]) =>
      openssl('verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', caFile, ...check, path);
    for (const host of ['localhost', 'server.example', 'a.apps.example'])
      expect(verify('-verify_hostname', host)).toContain('OK');
    for (const address of ['127.0.0.1', '::1']) expect(verify('-verify_ip', address)).toContain('OK');
    expect(() => verify('-verify_hostname', 'elsewhere.example')).toThrow();
    const text = openssl('x509', '-in', path, '-noout', '-text');
    expect(text).toMatch(/Extended Key Usage:\s+TLS Web Server Authentication\n/);
    expect(text).toMatch(/Authority Key Identifier:/);
  });

  test('serves TLS', async () => {
    const issued = await authority.issueServerCertificate({ hosts, validityDays: 1, now });
    const server = createServer({ cert: issued.certificatePem, key: issued.privateKeyPem }, (_, reply) => reply.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = (server.address() as AddressInfo).port;
    const status = await new Promise((resolve, reject) => {
      const options = { ca: authority.certificatePem, agent: false };
      get(`https://127.0.0.1:${port}`, options, (reply) => resolve(reply.resume().statusCode)).on('error', reject);
    });
    await new Promise((resolve) => server.close(resolve));
    expect(status).toBe(200);
  });

  withOpenssl('a name too long for a common name stands in a critical alternative name alone', async () => {
    const host = `${'a'.repeat(60)}.${'b'.repeat(60)}.example`;
    const { certificatePem } = await authority.issueServerCertificate({ hosts: [host], validityDays: 1, now });
    const path = file('long.pem', certificatePem);
    expect(openssl('x509', '-in', path, '-noout', '-text')).toMatch(/Subject Alternative Name: critical/);
    expect(openssl('verify', '-x509_strict', '-CAfile', caFile, '-verify_hostname', host, path)).toContain('OK');
  });

  test('never outlives the authority', async () => {
    const issued = await authority.issueServerCertificate({ hosts: ['x'], validityDays: 36_500, now });
    expect(issued.notAfter).toEqual(authority.notAfter);
  });

  test.each([[[]], [['']], [['a b']], [['https://x']], [['1.2.3.4.5.']], [['x,DNS:y']]])(
    'refuses hosts %j',
    async (bad) => {
      await expect(authority.issueServerCertificate({ hosts: bad, validityDays: 1, now })).rejects.toThrow();
    },
  );
});

describe('a machine certificate', () => {
  const dates = { notBefore: addMs(now, -60_000), notAfter: addMs(now, days(90)) };
  const subject = { machineId, tenantId };

  test('certifies the given key', async () => {
    const keys = machineKey();
    const issued = await authority.issueMachineCertificate({ publicKeySpki: spkiOf(keys), subject, ...dates });
    const read = new X509Certificate(issued.certificatePem);
    expect(read.checkPrivateKey(keys.privateKey)).toBe(true);
    expect(read.verify(new X509Certificate(authority.certificatePem).publicKey)).toBe(true);
    expect(read.serialNumber.toLowerCase()).toBe(issued.serialNumber);
    expect(read.subject).toBe(`CN=${machineId}\nO=${tenantId}`);
  });

  withOpenssl('is for client authentication and nothing else', async () => {
    const keys = machineKey();
    const issued = await authority.issueMachineCertificate({ publicKeySpki: spkiOf(keys), subject, ...dates });
    const path = file('machine.pem', issued.certificatePem);
    expect(openssl('verify', '-x509_strict', '-purpose', 'sslclient', '-CAfile', caFile, path)).toContain('OK');
    const text = openssl('x509', '-in', path, '-noout', '-text');
    expect(text).toContain(`Subject: CN = ${machineId}, O = ${tenantId}`);
    expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/);
    expect(text).toMatch(/Extended Key Usage:\s+TLS Web Client Authentication\n/);
  });

  test('has a serial of its own, 16 octets and positive', async () => {
    const serials = new Set<string>();
    for (let i = 0; i < 20; i += 1) {
      const keys = machineKey();
      const { serialNumber } = await authority.issueMachineCertificate({
        publicKeySpki: spkiOf(keys),
        subject,
        ...dates,
      });
      expect(serialNumber).toMatch(/^[4-7][0-9a-f]{31}$/);
      serials.add(serialNumber);
    }
    expect(serials.size).toBe(20);
  });

  test.each([
    ['an RSA key', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey],
    ['another curve', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey],
  ])('is refused for %s', async (_, key) => {
    const publicKeySpki = new Uint8Array(key.export({ format: 'der', type: 'spki' }));
    await expect(authority.issueMachineCertificate({ publicKeySpki, subject, ...dates })).rejects.toThrow(
      /not a P-256/,
    );
  });

  test('is refused for bytes that are no key', async () => {
    const publicKeySpki = random.bytes(91);
    await expect(authority.issueMachineCertificate({ publicKeySpki, subject, ...dates })).rejects.toThrow();
  });
});
