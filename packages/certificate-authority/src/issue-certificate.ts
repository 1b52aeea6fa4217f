import { type KeyObject, webcrypto } from 'node:crypto';
import { addMs, minutes, type Random } from '@holdfast/kernel';
import {
  AuthorityKeyIdentifierExtension,
  type Extension,
  type JsonName,
  type PublicKeyType,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from './x509.ts';

export const signingAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** How much earlier than "now" our certificates begin, for verifiers whose clock is behind. */
const clockAllowanceMs = minutes(5);
export const startingAt = (now: Date): Date => addMs(now, -clockAllowanceMs);

/** The authority's certificate with its usable key: what signs. */
export interface Issuer {
  readonly certificate: X509Certificate;
  readonly privateKey: webcrypto.CryptoKey;
  /** The same key for node:crypto. */
  readonly signingKey: KeyObject;
  readonly random: Random;
}

export interface CertificateContent {
  readonly subject: JsonName;
  readonly publicKey: PublicKeyType;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Extension[];
}

/** Signs a leaf. It never outlives the authority: a chain ends with its shortest link anyway. */
export const issueCertificate = async (issuer: Issuer, content: CertificateContent): Promise<X509Certificate> => {
  return X509CertificateGenerator.create(
    {
      serialNumber: newSerialNumber(issuer.random),
      subject: content.subject,
      issuer: issuer.certificate.subjectName,
      notBefore: content.notBefore,
      notAfter: earliest(content.notAfter, issuer.certificate.notAfter),
      signingAlgorithm,
      publicKey: content.publicKey,
      signingKey: issuer.privateKey,
      extensions: [
        ...content.extensions,
        await SubjectKeyIdentifierExtension.create(content.publicKey, false, webcrypto),
        await AuthorityKeyIdentifierExtension.create(issuer.certificate.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
};

const earliest = (a: Date, b: Date): Date => new Date(Math.min(a.getTime(), b.getTime()));

/** A random serial of exactly 16 octets, hexadecimal: positive because its first bit is clear (RFC 5280 section 4.1.2.2). */
export const newSerialNumber = (random: Random): string => {
  const bytes = random.bytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
};

/** PEM with the line end that files should have. */
export const pemOf = (certificate: X509Certificate): string => `${certificate.toString('pem').trimEnd()}\n`;
