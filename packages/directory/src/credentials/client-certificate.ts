import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { err, newUuid, ok, type Random, type Result } from '@holdfast/kernel';
import type { ClientCertificate } from './credential.ts';

/** The weakest RSA key that RS256 and PS256 allow (RFC 7518 sections 3.3 and 3.5). */
const smallestModulusBits = 2048;

/**
 * Reads a certificate to be registered, PEM (the first one, keys beside it ignored) or DER. The error is for people.
 * Neither its issuer nor its chain matters: registering it is what makes it trusted.
 */
export const readClientCertificate = (
  source: string | Uint8Array,
  random: Random,
  displayName?: string,
): Result<ClientCertificate, string> => {
  const read = parseCertificate(source);
  if (read === undefined) return err('this is not an X.509 certificate in PEM or DER form');
  const { certificate, publicKey } = read;
  if (
    publicKey.asymmetricKeyType !== 'rsa' ||
    (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < smallestModulusBits
  )
    return err(`the certificate's key must be RSA with at least ${smallestModulusBits} bits`);
  const [startsAt, endsAt] = [certificate.validFromDate, certificate.validToDate];
  if (!(startsAt <= endsAt)) return err("the certificate's dates cannot be read");
  const der = certificate.raw;
  return ok({
    id: newUuid(random),
    displayName: displayName ?? certificate.subject,
    certificateDer: Uint8Array.from(der),
    sha256Thumbprint: createHash('sha256').update(der).digest('base64url'),
    sha1Thumbprint: createHash('sha1').update(der).digest('base64url'),
    startsAt,
    endsAt,
    lastUsedAt: undefined,
  });
};

const parseCertificate = (
  source: string | Uint8Array,
): { certificate: X509Certificate; publicKey: KeyObject } | undefined => {
  try {
    const certificate = new X509Certificate(typeof source === 'string' ? source : Buffer.from(source));
    // Decoded on demand: a certificate can be well-formed around a key that is not.
    return { certificate, publicKey: certificate.publicKey };
  } catch {
    return undefined;
  }
};
