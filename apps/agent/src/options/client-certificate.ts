import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { agentError } from '../agent-error.ts';

/** A service principal's certificate and the RSA key it certifies. */
export interface ClientCertificate {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

const optionName = '--service-principal-cert';
const pemBlock = (label: string): RegExp => new RegExp(`-----BEGIN ${label}-----[\\s\\S]+?-----END ${label}-----`);

/**
 * A PEM file with a certificate and its unencrypted private key, in any order.
 * @throws AZCM0023 naming what is wrong with the file
 */
export const readClientCertificate = (path: string): ClientCertificate => {
  const pem = readPem(path);
  const key = keyIn(pem, path);
  const [certificatePem] = pemBlock('CERTIFICATE').exec(pem) ?? [];
  if (certificatePem === undefined) throw invalid(`'${path}' holds no certificate`);
  const certificate = attempt(() => new X509Certificate(certificatePem), `the certificate in '${path}' is damaged`);
  if (!certificate.checkPrivateKey(key)) throw invalid(`the key in '${path}' is not the key of its certificate`);
  if (key.asymmetricKeyType !== 'rsa')
    throw invalid(`the key in '${path}' is ${key.asymmetricKeyType}: sign-in takes RSA keys`);
  return { certificate, key };
};

const readPem = (path: string): string => {
  const bytes = attempt(() => readFileSync(path), `'${path}' cannot be read`);
  // A PFX (PKCS #12) is DER: it starts with a SEQUENCE.
  if (bytes[0] === 0x30)
    throw invalid(
      `'${path}' looks like a PFX: convert it to PEM with 'openssl pkcs12 -in FILE.pfx -nodes -out FILE.pem'`,
    );
  return bytes.toString('utf8');
};

const keyIn = (pem: string, path: string): KeyObject => {
  const [block] = pemBlock('(?:RSA |EC |ENCRYPTED )?PRIVATE KEY').exec(pem) ?? [];
  if (block === undefined) throw invalid(`'${path}' holds no private key`);
  if (/ENCRYPTED/.test(block)) throw invalid(`the key in '${path}' is encrypted: give one without a passphrase`);
  return attempt(() => createPrivateKey(block), `the private key in '${path}' is damaged`);
};

const attempt = <T>(read: () => T, otherwise: string): T => {
  try {
    return read();
  } catch (cause) {
    throw invalid(otherwise, cause);
  }
};

const invalid = (detail: string, cause?: unknown) => agentError('AZCM0023', `${optionName}: ${detail}`, { cause });
