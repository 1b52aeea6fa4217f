import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SelfSigned {
  readonly certFile: string;
  /** Certificate and key in one file. */
  readonly bothFile: string;
  readonly key: string;
  readonly cert: string;
}

export interface SelfSignedSettings {
  readonly name: string;
  /** What `openssl genpkey` takes. */
  readonly algorithm?: readonly string[];
  /** subjectAltName, such as `DNS:localhost`. */
  readonly names?: string;
  /** Days from now to the end; -1 has expired. */
  readonly days?: number;
}

export const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
export const p256 = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];

/** A self-signed certificate, made by openssl in `folder`. */
export const makeSelfSigned = (folder: string, settings: SelfSignedSettings): SelfSigned => {
  const { name, algorithm = rsa, names = 'DNS:localhost', days = 2 } = settings;
  const path = (ending: string): string => join(folder, `${name}.${ending}`);
  writeFileSync(path('ext'), `subjectAltName=${names}\n`);
  openssl('genpkey', ...algorithm, '-out', path('key'));
  openssl('req', '-new', '-key', path('key'), '-subj', `/CN=${name}`, '-out', path('csr'));
  const request = ['-req', '-in', path('csr'), '-signkey', path('key'), '-extfile', path('ext')];
  openssl('x509', ...request, '-days', String(days), '-out', path('crt'));
  const key = readFileSync(path('key'), 'utf8');
  const cert = readFileSync(path('crt'), 'utf8');
  writeFileSync(path('pem'), cert + key);
  return { certFile: path('crt'), bothFile: path('pem'), key, cert };
};

export const openssl = (...args: string[]): void => {
  execFileSync('openssl', args, { stdio: 'pipe' });
};
