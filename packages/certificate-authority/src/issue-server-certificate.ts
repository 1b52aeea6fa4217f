import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { addMs, days } from '@holdfast/kernel';
import { type Issuer, issueCertificate, pemOf, signingAlgorithm, startingAt } from './issue-certificate.ts';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
} from './x509.ts';

export interface ServerCertificateRequest {
  /** Every DNS name and IP address clients may use, at least one. */
  readonly hosts: readonly string[];
  readonly validityDays: number;
  readonly now: Date;
}

export interface ServerCertificate {
  readonly certificatePem: string;
  /** PKCS #8. */
  readonly privateKeyPem: string;
  readonly notAfter: Date;
}

/** The longest common name (RFC 5280 appendix A, ub-common-name). Clients match the alternative names only. */
const longestCommonName = 64;

export const issueServerCertificate = async (
  issuer: Issuer,
  request: ServerCertificateRequest,
): Promise<ServerCertificate> => {
  const names = request.hosts.map(generalNameOf);
  if (names.length === 0) throw new Error('a server certificate needs at least one host name or address');
  const keys = await webcrypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify']);
  const commonName = request.hosts.find((host) => host.length <= longestCommonName);
  const certificate = await issueCertificate(issuer, {
    subject: commonName === undefined ? [] : [{ CN: [commonName] }],
    publicKey: keys.publicKey,
    notBefore: startingAt(request.now),
    notAfter: addMs(request.now, days(request.validityDays)),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names, commonName === undefined),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { certificatePem: pemOf(certificate), privateKeyPem: privateKeyPem(pkcs8), notAfter: certificate.notAfter };
};

const hostPattern = /^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i;

const generalNameOf = (host: string): JsonGeneralName => {
  if (isIP(host) !== 0) return { type: 'ip', value: host };
  if (host.length <= 253 && hostPattern.test(host)) return { type: 'dns', value: host.toLowerCase() };
  throw new Error(`'${host}' is neither a DNS name nor an IP address`);
};

const privateKeyPem = (pkcs8: Buffer): string => {
  const lines = pkcs8.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
};
