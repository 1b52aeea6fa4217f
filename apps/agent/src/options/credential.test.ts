import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeSelfSigned, openssl, p256 } from '../testing/openssl.ts';
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

describe('a certificate file', () => {
  const fromFile = (path: string) => parse({ ...id, 'service-principal-cert': path });
  const written = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const good = makeSelfSigned(folder, { name: 'app' });
  const other = makeSelfSigned(folder, { name: 'other' });

  test('holds certificate and key in any order, among other text', () => {
    const path = written('reversed.pem', `Bag Attributes\n${good.key}\nsubject=CN=app\n${good.cert}`);
    for (const file of [good.bothFile, path])
      expect(fromFile(file)).toMatchObject({ kind: 'certificate', certificate: { key: { asymmetricKeyType: 'rsa' } } });
  });

  test('works with a key in the PKCS #1 form', () => {
    openssl('rsa', '-in', good.bothFile, '-traditional', '-out', join(folder, 'pkcs1.key'));
    expect(fromFile(written('pkcs1.pem', `${readText('pkcs1.key')}${good.cert}`)).kind).toBe('certificate');
  });

  test('is refused with the reason', () => {
    openssl('rsa', '-in', good.bothFile, '-aes256', '-passout', 'pass:x', '-out', join(folder, 'locked.key'));
    openssl('pkcs12', '-export', '-in', good.bothFile, '-passout', 'pass:', '-out', join(folder, 'app.pfx'));
    const ec = makeSelfSigned(folder, { name: 'ec', algorithm: p256 });
    const cases: [string, string][] = [
      [join(folder, 'absent.pem'), 'cannot be read'],
      [good.certFile, 'holds no private key'],
      [written('key-only.pem', good.key), 'holds no certificate'],
      [written('mixed.pem', good.cert + other.key), 'is not the key of its certificate'],
      [written('locked.pem', good.cert + readText('locked.key')), 'is encrypted'],
      [written('damaged.pem', good.key + good.cert.replace(/\n.{20}/, '\n')), 'is damaged'],
      [join(folder, 'app.pfx'), 'looks like a PFX'],
      [ec.bothFile, 'sign-in takes RSA keys'],
    ];
    for (const [path, words] of cases)
      expect(() => fromFile(path), words).toThrow(
        expect.objectContaining({ code: 'AZCM0023', message: expect.stringContaining(words) }),
      );
  });
});

const readText = (name: string): string => readFileSync(join(folder, name), 'utf8');
