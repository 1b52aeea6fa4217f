import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCommand } from '@holdfast/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { writeSelfSigned } from '../../test/self-signed.ts';
import { parseCredential } from './credential.ts';
import { mergeOptions } from './option-values.ts';

const folder = mkdtempSync(join(tmpdir(), 'credential-'));
afterAll(() => rmSync(folder, { recursive: true }));

const clientId = 'aaaaaaaa-2222-4333-8444-555555555555';
const parse = (given: Record<string, string>, env: Record<string, string> = {}) =>
  parseCredential(mergeOptions(new Map(Object.entries(given)), new Map()), env);

const id = { 'service-principal-id': clientId };
const secret = { 'service-principal-secret': 's3cret' };
const token = { 'access-token': 'a.b.c' };
const variable = { AZCMAGENT_SERVICE_PRINCIPAL_SECRET: 'from-env' };

describe('exactly one credential', () => {
  test.each([
    [{ ...id, ...secret }, {}, { kind: 'secret', clientId, secret: 's3cret' }],
    [{ ...id, ...secret }, variable, { kind: 'secret', clientId, secret: 's3cret' }],
    [id, variable, { kind: 'secret', clientId, secret: 'from-env' }],
    [token, variable, { kind: 'access-token', token: 'a.b.c' }],
    [{ ...token, 'service-principal-secret': '' }, {}, { kind: 'access-token', token: 'a.b.c' }],
  ])('%j with %j', (given, env, credential) => {
    expect(parse(given, env)).toEqual(credential);
  });

  test.each([
    [{}, 'AZCM0016', 'a credential: --service-principal-id with'],
    [id, 'AZCM0016', '--service-principal-secret or --service-principal-cert'],
    [secret, 'AZCM0016', '--service-principal-id'],
    [{ 'service-principal-cert': 'x.pem' }, 'AZCM0016', '--service-principal-id'],
    [{ ...id, ...secret, ...token }, 'AZCM0023', 'exactly one credential'],
    [{ ...id, ...token }, 'AZCM0023', 'exactly one credential'],
    [{ ...id, ...secret, 'service-principal-cert': 'x.pem' }, 'AZCM0023', 'exactly one credential'],
    [{ ...secret, 'service-principal-id': 'app' }, 'AZCM0023', "'app' is not a GUID"],
  ])('%j is refused', (given, code, words) => {
    expect(() => parse(given)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }));
  });
});

describe('a certificate file', async () => {
  const fromFile = (path: string) => parse({ ...id, 'service-principal-cert': path });
  const written = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const expectRefused = (path: string, words: string) =>
    expect(() => fromFile(path), words).toThrow(
      expect.objectContaining({ code: 'AZCM0023', message: expect.stringContaining(words) }),
    );
  const good = await writeSelfSigned(folder, { name: 'app' });
  const other = await writeSelfSigned(folder, { name: 'other' });

  test('holds certificate and key in any order, among other text', () => {
    const path = written('reversed.pem', `Bag Attributes\n${good.key}\nsubject=CN=app\n${good.cert}`);
    for (const file of [good.bothFile, path])
      expect(fromFile(file)).toMatchObject({ kind: 'certificate', certificate: { key: { asymmetricKeyType: 'rsa' } } });
  });

  test('works with a key in the PKCS #1 form', () => {
    const key = createPrivateKey(good.key).export({ type: 'pkcs1', format: 'pem' });
    expect(fromFile(written('pkcs1.pem', key + good.cert)).kind).toBe('certificate');
  });

  test('is refused with the reason', async () => {
    const lock = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const;
    const locked = (type: 'pkcs1' | 'pkcs8') => good.cert + createPrivateKey(good.key).export({ type, ...lock });
    const elliptic = await writeSelfSigned(folder, { name: 'elliptic', key: 'P-256' });
    const cases: [string, string][] = [
      [join(folder, 'absent.pem'), 'cannot be read'],
      [good.certFile, 'holds no private key'],
      [written('key-only.pem', good.key), 'holds no certificate'],
      [written('mixed.pem', good.cert + other.key), 'is not the key of its certificate'],
      [written('locked.pem', locked('pkcs8')), 'is encrypted'],
      [written('locked-pkcs1.pem', locked('pkcs1')), 'is encrypted'],
      [written('damaged.pem', good.key + good.cert.replace(/\n.{20}/, '\n')), 'is damaged'],
      [elliptic.bothFile, 'sign-in takes RSA keys'],
    ];
    for (const [path, words] of cases) expectRefused(path, words);
  });

  describe.skipIf(!systemCommand('openssl'))('that openssl wrote', () => {
    const at = (name: string): string => join(folder, `openssl-${name}`);
    const text = (name: string): string => readFileSync(at(name), 'utf8');
    const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });
    const make = (name: string, ...algorithm: string[]): string => {
      const files = ['-keyout', at(`${name}.key`), '-out', at(`${name}.crt`)];
      openssl('req', '-x509', '-nodes', '-newkey', ...algorithm, '-subj', `/CN=${name}`, ...files);
      return written(`openssl-${name}.pem`, text(`${name}.crt`) + text(`${name}.key`));
    };

    test('works with its key in either form', () => {
      const file = make('app', 'rsa:2048');
      openssl('rsa', '-in', file, '-traditional', '-out', at('pkcs1.key'));
      expect(text('pkcs1.key')).toContain('BEGIN RSA PRIVATE KEY');
      const pkcs1 = written('openssl-pkcs1.pem', text('pkcs1.key') + text('app.crt'));
      for (const path of [file, pkcs1]) expect(fromFile(path).kind).toBe('certificate');
    });

    test('is refused with the reason', () => {
      const file = make('app', 'rsa:2048');
      openssl('rsa', '-in', file, '-aes256', '-passout', 'pass:x', '-out', at('locked.key'));
      openssl('pkcs12', '-export', '-in', file, '-passout', 'pass:', '-out', at('app.pfx'));
      expectRefused(written('openssl-locked.pem', text('app.crt') + text('locked.key')), 'is encrypted');
      expectRefused(at('app.pfx'), 'looks like a PFX');
      expectRefused(make('ec', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'), 'sign-in takes RSA keys');
    });
  });
});
