import { createHash, createPublicKey, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Uuid } from '@holdfast/kernel';
import * as der from './der.ts';
import { type Issuer, newSerialNumber } from './issue-certificate.ts';
import { SubjectKeyIdentifierExtension } from './x509.ts';

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

const signAsync = promisify(sign);

/** RFC 5280 section 4.2 and RFC 5758 section 3.2. */
const oid = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

const signatureAlgorithm = der.sequence(der.objectIdentifier(oid.ecdsaWithSha256));
/** A P-256 point in the uncompressed form (SEC 1 section 2.3.3) ends the SubjectPublicKeyInfo. */
const pointLength = 65;

/** Throws when the key is not a point on P-256. The certificate never outlives the authority. */
export const issueMachineCertificate = async (
  issuer: Issuer,
  request: MachineCertificateRequest,
): Promise<MachineCertificate> => {
  const spki = checkedSpki(request.publicKeySpki);
  const serialNumber = newSerialNumber(issuer.random);
  const notAfter = wholeSeconds(Math.min(request.notAfter.getTime(), issuer.certificate.notAfter.getTime()));
  const content = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))),
    der.integer(Buffer.from(serialNumber, 'hex')),
    signatureAlgorithm,
    Buffer.from(issuer.certificate.subjectName.toArrayBuffer()),
    der.sequence(der.time(request.notBefore), der.time(notAfter)),
    nameOf(request.subject),
    spki,
    der.explicit(3, der.sequence(...fixedExtensions, ...keyIdentifiers(issuer, spki))),
  );
  const signature = await signAsync('sha256', content, issuer.signingKey);
  const certificate = der.sequence(content, signatureAlgorithm, der.bitString(signature));
  return { certificatePem: pemOf(certificate), serialNumber, notAfter };
};

const wholeSeconds = (ms: number): Date => new Date(Math.floor(ms / 1000) * 1000);

/** Written out again by OpenSSL, so that the certificate holds the one encoding of the key it verified. */
const checkedSpki = (spki: Uint8Array): Buffer => {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('the machine key is not a P-256 key');
  return key.export({ format: 'der', type: 'spki' });
};

const nameOf = ({ machineId, tenantId }: MachineCertificateRequest['subject']): Buffer => {
  const part = (type: string, value: string) =>
    der.set(der.sequence(der.objectIdentifier(type), der.utf8String(value)));
  return der.sequence(part(oid.commonName, machineId), part(oid.organization, tenantId));
};

const critical = (type: string, value: Buffer): Buffer =>
  der.sequence(der.objectIdentifier(type), der.boolean(true), der.octetString(value));
const informative = (type: string, value: Buffer): Buffer =>
  der.sequence(der.objectIdentifier(type), der.octetString(value));

const fixedExtensions = [
  // No authority: the default, cA FALSE, is left out in DER.
  critical(oid.basicConstraints, der.sequence()),
  // The first bit, digitalSignature; the seven behind it are unused.
  critical(oid.keyUsage, der.bitString(Buffer.from([0x80]), 7)),
  informative(oid.extendedKeyUsage, der.sequence(der.objectIdentifier(oid.clientAuth))),
];

/** The key's identifier by the first method of RFC 5280 section 4.2.1.2, and the authority's as its certificate has it. */
const keyIdentifiers = ({ certificate }: Issuer, spki: Buffer): readonly Buffer[] => {
  const own = createHash('sha1').update(spki.subarray(-pointLength)).digest();
  const authority = certificate.getExtension(SubjectKeyIdentifierExtension)?.keyId ?? '';
  return [
    informative(oid.subjectKeyIdentifier, der.octetString(own)),
    informative(oid.authorityKeyIdentifier, der.sequence(der.implicit(0, Buffer.from(authority, 'hex')))),
  ];
};

const pemOf = (certificate: Buffer): string => {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};
