import { execFileSync } from 'node:child_process';
import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { addMs, days } from '@holdfast/kernel';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { createDataFolder } from '../data-folder.ts';
import { tlsMaterial } from './tls-material.ts';

const scratch = mkdtempSync(join(tmpdir(), 'holdfast-tls-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const start = new Date();
const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };
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

describe('a certificate of our own authority', () => {
  test('verifies for every name clients may use, with keys for their owner only', async () => {
    const { files, serve } = freshServer();
    const material = await serve({ origin: 'https://Holdfast.example:8443', hosts: '10.1.2.3, *.apps.example' });
    expect(material.caFile).toBe(files.ca);
    const verify = (...check: string[]) =>
      openssl('verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', files.ca, ...check, files.certificate);
    for (const name of ['holdfast.example', 'localhost', hostname(), 'a.apps.example']) {
      expect(verify('-verify_hostname', name)).toContain('OK');
    }
    for (const address of ['127.0.0.1', '::1', '10.1.2.3']) expect(verify('-verify_ip', address)).toContain('OK');
    expect(() => verify('-verify_hostname', 'elsewhere.example')).toThrow();
    expect(new X509Certificate(material.cert).checkPrivateKey(createPrivateKey(material.key))).toBe(true);
    expect([files.key, files.caKey].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
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
    expect(readFileSync(files.ca, 'utf8')).toBe(authority);
    expect(openssl('verify', '-CAfile', files.ca, '-verify_hostname', 'new.example', files.certificate)).toContain(
      'OK',
    );
  });

  test('is made anew in its last month, and then lasts', async () => {
    const { files, serve } = freshServer();
    const first = await serve();
    const second = await serve({}, days(397 - 29));
    expect(serialOf(second)).not.toBe(serialOf(first));
    const later = String(Math.floor(addMs(start, days(500)).getTime() / 1000));
    expect(openssl('verify', '-attime', later, '-CAfile', files.ca, files.certificate)).toContain('OK');
  });

  test.each(['key', 'certificate'] as const)('is made anew when its %s was lost', async (name) => {
    const { files, serve } = freshServer();
    const first = await serve();
    rmSync(files[name]);
    const second = await serve();
    expect(serialOf(second)).not.toBe(serialOf(first));
    expect(new X509Certificate(second.cert).checkPrivateKey(createPrivateKey(second.key))).toBe(true);
  });

  test('is made anew by a new authority when the old one was lost: clients verify it by the file they are given', async () => {
    const { files, serve } = freshServer();
    await serve();
    rmSync(files.ca);
    await serve();
    expect(openssl('verify', '-CAfile', files.ca, '-verify_hostname', 'localhost', files.certificate)).toContain('OK');
  });
});

describe('a certificate that the administrator brings', () => {
  const folder = mkdtempSync(join(scratch, 'own-'));
  const path = (name: string) => join(folder, name);
  const make = (name: string) =>
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '1',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      path(`${name}.key`),
      '-out',
      path(`${name}.pem`),
    );
  make('own');
  make('other');
  writeFileSync(path('garbage.pem'), 'not a certificate');

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
