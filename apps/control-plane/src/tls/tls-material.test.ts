import { execFileSync } from 'node:child_process';
import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { addMs, days } from '@holdfast/kernel';
import { makeSelfSigned, systemCommand } from '@holdfast/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { createDataFolder } from '../data-folder.ts';
import { tlsMaterial } from './tls-material.ts';

const scratch = mkdtempSync(join(tmpdir(), 'holdfast-tls-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const start = new Date();
const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };
const withOpenssl = test.skipIf(!systemCommand('openssl'));
const openssl = (...parameters: string[]): string =>
  execFileSync('openssl', parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A data folder of its own; `serve` gives the material of a start that is `later` milliseconds after the first. */
const freshServer = () => {
  const data = createDataFolder(mkdtempSync(join(scratch, 'data-')));
  const serve = (flags: Record<string, string> = {}, later = 0) =>
    tlsMaterial({
      config: readConfig({ flags: { data: data.folder, ...flags }, environment: {}, configFile: undefined }),
      files: data.tls,
      clock: { now: () => addMs(start, later), sleep: async () => undefined },
      random,
    });
  return { files: data.tls, serve };
};
const serialOf = ({ cert }: { cert: string }) => new X509Certificate(cert).serialNumber;

const names = { origin: 'https://Holdfast.example:8443', hosts: '10.1.2.3, *.apps.example' };
const covered = {
  hosts: ['holdfast.example', 'localhost', hostname(), 'a.apps.example'],
  addresses: ['127.0.0.1', '::1', '10.1.2.3'],
};

describe('a certificate of our own authority', () => {
  test('names every name clients may use, with keys for their owner only', async () => {
    const { files, serve } = freshServer();
    const material = await serve(names);
    expect(material.caFile).toBe(files.ca);
    const read = new X509Certificate(material.cert);
    for (const name of covered.hosts) expect(read.checkHost(name)).toBeDefined();
    for (const address of covered.addresses) expect(read.checkIP(address)).toBeDefined();
    expect(read.checkHost('elsewhere.example')).toBeUndefined();
    expect(read.verify(new X509Certificate(readFileSync(files.ca)).publicKey)).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(material.key))).toBe(true);
    expect([files.key, files.caKey].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  withOpenssl('verifies for every name clients may use', async () => {
    const { files, serve } = freshServer();
    await serve(names);
    const verify = (...check: string[]) =>
      openssl('verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', files.ca, ...check, files.certificate);
    for (const name of covered.hosts) expect(verify('-verify_hostname', name)).toContain('OK');
    for (const address of covered.addresses) expect(verify('-verify_ip', address)).toContain('OK');
    expect(() => verify('-verify_hostname', 'elsewhere.example')).toThrow();
  });

  test.each<[string, Record<string, string>, number]>([
    ['as it is', {}, 0],
    ['with a wildcard among its hosts', { hosts: '*.apps.example' }, 0],
    ['with addresses of both kinds', { hosts: '10.1.2.3,fd00::1' }, 0],
    ['on an IPv6 origin', { origin: 'https://[fd00::1]:8443' }, 0],
    ['with capitals in a host', { hosts: 'Server.Example' }, 0],
    ['a month before its end', {}, days(397 - 31)],
  ])('stays the same from start to start %s', async (_, flags, later) => {
    const { serve } = freshServer();
    const first = await serve(flags);
    expect(await serve(flags, later)).toEqual(first);
  });

  test('is made anew when a host is added, by the same authority', async () => {
    const { files, serve } = freshServer();
    const first = await serve();
    const authority = readFileSync(files.ca, 'utf8');
    const second = await serve({ hosts: 'new.example' });
    expect(serialOf(second)).not.toBe(serialOf(first));
    expect(new X509Certificate(second.cert).checkHost('new.example')).toBeDefined();
    expect(readFileSync(files.ca, 'utf8')).toBe(authority);
  });

  test('is made anew in its last month, and then lasts', async () => {
    const { serve } = freshServer();
    const first = await serve();
    const second = await serve({}, days(397 - 29));
    expect(serialOf(second)).not.toBe(serialOf(first));
    expect(new X509Certificate(second.cert).validToDate > addMs(start, days(500))).toBe(true);
  });

  test.each(['key', 'certificate'] as const)('is made anew when its %s was lost', async (name) => {
    const { files, serve } = freshServer();
    const first = await serve();
    rmSync(files[name]);
    const second = await serve();
    expect(serialOf(second)).not.toBe(serialOf(first));
    expect(new X509Certificate(second.cert).checkPrivateKey(createPrivateKey(second.key))).toBe(true);
  });

  test('is made anew by a new authority when the old one was lost', async () => {
    const { files, serve } = freshServer();
    const first = await serve();
    rmSync(files.ca);
    const second = new X509Certificate((await serve()).cert);
    expect(second.serialNumber).not.toBe(serialOf(first));
    expect(second.verify(new X509Certificate(readFileSync(files.ca)).publicKey)).toBe(true);
  });

  type Server = ReturnType<typeof freshServer>;
  withOpenssl.each<[string, (server: Server) => Promise<unknown>, string[]]>([
    ['for a host that was added', ({ serve }) => serve({ hosts: 'new.example' }), ['-verify_hostname', 'new.example']],
    [
      'in the time after its last month',
      ({ serve }) => serve({}, days(397 - 29)),
      ['-attime', String(Math.floor(addMs(start, days(500)).getTime() / 1000))],
    ],
    [
      'by the file that clients are given after the old authority was lost',
      ({ files, serve }) => {
        rmSync(files.ca);
        return serve();
      },
      ['-verify_hostname', 'localhost'],
    ],
  ])('made anew verifies %s', async (_, makeAnew, check) => {
    const server = freshServer();
    await server.serve();
    await makeAnew(server);
    const { ca, certificate } = server.files;
    expect(openssl('verify', '-CAfile', ca, ...check, certificate)).toContain('OK');
  });
});

describe('a certificate that the administrator brings', () => {
  const folder = mkdtempSync(join(scratch, 'own-'));
  const path = (name: string) => join(folder, name);
  const make = async (name: string) => {
    const { certificatePem, privateKeyPem } = await makeSelfSigned({ name, key: 'P-256' });
    writeFileSync(path(`${name}.pem`), certificatePem);
    writeFileSync(path(`${name}.key`), privateKeyPem);
  };
  beforeAll(async () => {
    await make('own');
    await make('other');
    writeFileSync(path('garbage.pem'), 'not a certificate');
  });

  test('is served as it is, and no authority is made', async () => {
    const { files, serve } = freshServer();
    const material = await serve({ tlsCertificate: path('own.pem'), tlsKey: path('own.key') });
    expect(material).toEqual({
      cert: readFileSync(path('own.pem'), 'utf8'),
      key: readFileSync(path('own.key'), 'utf8'),
      caFile: path('own.pem'),
    });
    expect(() => statSync(files.ca)).toThrow(/ENOENT/);
  });

  test.each([
    ['the key of another', 'own.pem', 'other.key', /--tls-key is not the key of --tls-certificate/],
    ['a missing certificate', 'missing.pem', 'own.key', /cannot be used: .*ENOENT/],
    ['a missing key', 'own.pem', 'missing.key', /cannot be used: .*ENOENT/],
    ['no certificate', 'garbage.pem', 'own.key', /--tls-certificate or --tls-key cannot be used/],
    ['no key', 'own.pem', 'own.pem', /--tls-certificate or --tls-key cannot be used/],
  ])('is refused with %s', async (_, certificate, key, words) => {
    const refused = freshServer().serve({ tlsCertificate: path(certificate), tlsKey: path(key) });
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow(words);
  });
});
