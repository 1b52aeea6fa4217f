import { execFileSync } from 'node:child_process';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientCertificate, readClientCertificate } from '@holdfast/directory';
import { unwrap } from '@holdfast/kernel';
import { makeSelfSigned } from '@holdfast/testkit';
import { random } from './test-directory.ts';

export interface TestCertificate {
  readonly pem: string;
  readonly privateKeyPem: string;
  readonly privateKey: KeyObject;
  readonly record: ClientCertificate;
}

/** A self-signed certificate for localhost. */
export const makeCertificate = async (): Promise<TestCertificate> => {
  const { certificatePem, privateKeyPem } = await makeSelfSigned({ name: 'localhost' });
  return testCertificate(certificatePem, privateKeyPem);
};

/** The same, made by openssl. */
export const makeCertificateWithOpenssl = (): TestCertificate => {
  const { pem, privateKeyPem } = makePemWithOpenssl(['rsa:2048']);
  return testCertificate(pem, privateKeyPem);
};

/** With a key of any kind: `key` is what follows `openssl req -newkey`. */
export const makePemWithOpenssl = (key: readonly string[]): { pem: string; privateKeyPem: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-certificate-'));
  try {
    const [keyFile, pemFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-days', '30'];
    const files = ['-keyout', keyFile, '-out', pemFile];
    execFileSync('openssl', ['req', '-x509', '-nodes', '-newkey', ...key, ...subject, ...files], { stdio: 'pipe' });
    return { pem: readFileSync(pemFile, 'utf8'), privateKeyPem: readFileSync(keyFile, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const testCertificate = (pem: string, privateKeyPem: string): TestCertificate => {
  const record = unwrap(readClientCertificate(pem, random));
  return { pem, privateKeyPem, privateKey: createPrivateKey(privateKeyPem), record };
};
