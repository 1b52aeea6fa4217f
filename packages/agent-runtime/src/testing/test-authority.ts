import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate authority made by openssl in a folder. */
export interface TestAuthority {
  readonly caPem: string;
  readonly server: { readonly key: string; readonly cert: string };
  /** A certificate for a public key (SubjectPublicKeyInfo DER, base64), followed by its issuer. */
  issue(publicKey: string, days: number): string;
}

export const createTestAuthority = (folder: string): TestAuthority => {
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const newKey = (name: string) => openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', file(name));
  newKey('ca.key');
  openssl('req', '-x509', '-new', '-key', 'ca.key', '-subj', '/CN=test authority', '-days', '3650', '-out', 'ca.pem');
  newKey('server.key');
  openssl('req', '-new', '-key', 'server.key', '-subj', '/CN=localhost', '-out', 'server.csr');
  writeFileSync(file('server.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
  openssl(
    'x509',
    '-req',
    '-in',
    'server.csr',
    ...signed,
    '-days',
    '3650',
    '-extfile',
    'server.ext',
    '-out',
    'server.pem',
  );
  const caPem = readFileSync(file('ca.pem'), 'utf8');
  return {
    caPem,
    server: { key: readFileSync(file('server.key'), 'utf8'), cert: readFileSync(file('server.pem'), 'utf8') },
    issue: (publicKey, days) => {
      writeFileSync(file('machine.pub'), `-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----\n`);
      const subject = ['-new', '-force_pubkey', 'machine.pub', '-subj', '/CN=machine'];
      return openssl('x509', ...subject, ...signed, '-days', String(days)) + caPem;
    },
  };
};
