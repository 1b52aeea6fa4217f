import { X509Certificate } from 'node:crypto';
import type { Validity } from '@holdfast/agent-core';
import type { IdentityKey } from './identity-key.ts';

export interface IdentityCertificate extends Validity {
  /** The certificate followed by its issuer. */
  readonly pem: string;
}

/**
 * Reads a certificate that was issued to `key`.
 * @throws when the text is no certificate, or one of another key
 */
export const parseIdentityCertificate = (pem: string, key: IdentityKey): IdentityCertificate => {
  const certificate = new X509Certificate(pem);
  if (!certificate.checkPrivateKey(key.privateKey)) throw new Error('the certificate belongs to another key');
  return { pem, notBefore: new Date(certificate.validFrom), notAfter: new Date(certificate.validTo) };
};
