import { createPublicKey } from 'node:crypto';
import type { Uuid } from '@holdfast/kernel';
import { type Issuer, issueCertificate, pemOf } from './issue-certificate.ts';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
} from './x509.ts';

export interface MachineCertificateRequest {
  /** The machine's P-256 identity key (SubjectPublicKeyInfo, DER). */
  readonly publicKeySpki: Uint8Array;
  /** Common name and organisation of the subject. */
  readonly subject: { readonly machineId: Uuid; readonly tenantId: Uuid };
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface MachineCertificate {
  readonly certificatePem: string;
  /** Hexadecimal, lower case. */
  readonly serialNumber: string;
  readonly notAfter: Date;
}

/** Throws when the key is not a point on P-256. */
export const issueMachineCertificate = async (
  issuer: Issuer,
  request: MachineCertificateRequest,
): Promise<MachineCertificate> => {
  const certificate = await issueCertificate(issuer, {
    subject: [{ CN: [request.subject.machineId] }, { O: [request.subject.tenantId] }],
    publicKey: checkedSpki(request.publicKeySpki),
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
    ],
  });
  return {
    certificatePem: pemOf(certificate),
    serialNumber: certificate.serialNumber,
    notAfter: certificate.notAfter,
  };
};

/** Written out again by OpenSSL, so that the certificate holds the one encoding of the key it verified. */
const checkedSpki = (spki: Uint8Array): Uint8Array<ArrayBuffer> => {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('the machine key is not a P-256 key');
  return new Uint8Array(key.export({ format: 'der', type: 'spki' }));
};
