import { createPrivateKey, webcrypto } from 'node:crypto';
import type { Random } from '@holdfast/kernel';
import { type Issuer, pemOf, signingAlgorithm } from './issue-certificate.ts';
import {
  issueMachineCertificate,
  type MachineCertificate,
  type MachineCertificateRequest,
} from './issue-machine-certificate.ts';
import {
  issueServerCertificate,
  type ServerCertificate,
  type ServerCertificateRequest,
} from './issue-server-certificate.ts';
import { X509Certificate } from './x509.ts';

export interface AuthorityKeys {
  readonly certificatePem: string;
  readonly privateKeyPkcs8: Uint8Array;
  readonly random: Random;
}

export interface Authority {
  readonly certificatePem: string;
  readonly notAfter: Date;
  /** A TLS certificate with a key of its own. */
  issueServerCertificate(request: ServerCertificateRequest): Promise<ServerCertificate>;
  /** A certificate for a key that was made on the machine, whose possession the caller has proven. */
  issueMachineCertificate(request: MachineCertificateRequest): Promise<MachineCertificate>;
}

/** Throws when certificate and key do not belong together. */
export const openAuthority = async (keys: AuthorityKeys): Promise<Authority> => {
  const certificate = new X509Certificate(keys.certificatePem);
  const privateKey = await webcrypto.subtle.importKey(
    'pkcs8',
    Uint8Array.from(keys.privateKeyPkcs8),
    signingAlgorithm,
    false,
    ['sign'],
  );
  await assertPair(certificate, privateKey);
  const signingKey = createPrivateKey({ key: Buffer.from(keys.privateKeyPkcs8), format: 'der', type: 'pkcs8' });
  const issuer: Issuer = { certificate, privateKey, signingKey, random: keys.random };
  return {
    certificatePem: pemOf(certificate),
    notAfter: certificate.notAfter,
    issueServerCertificate: (request) => issueServerCertificate(issuer, request),
    issueMachineCertificate: (request) => issueMachineCertificate(issuer, request),
  };
};

const assertPair = async (certificate: X509Certificate, privateKey: webcrypto.CryptoKey): Promise<void> => {
  const message = new TextEncoder().encode('holdfast authority');
  const publicKey = await certificate.publicKey.export(signingAlgorithm, ['verify'], webcrypto);
  const signature = await webcrypto.subtle.sign(signingAlgorithm, privateKey, message);
  if (await webcrypto.subtle.verify(signingAlgorithm, publicKey, signature, message)) return;
  throw new Error("the authority's certificate and private key do not belong together");
};
