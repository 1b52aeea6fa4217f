import { webcrypto } from 'node:crypto';
import { addMs, type Clock, days, type Random } from '@holdfast/kernel';
import { newSerialNumber, pemOf, signingAlgorithm, startingAt } from './issue-certificate.ts';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from './x509.ts';

export interface NewAuthority {
  /** The common name people see in their trust store. */
  readonly subject: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly validityDays: number;
}

/** A new self-signed authority. The private key (PKCS #8) is for the caller to seal before it is stored. */
export const createAuthority = async (
  options: NewAuthority,
): Promise<{ certificatePem: string; privateKeyPkcs8: Uint8Array }> => {
  const keys = await webcrypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify']);
  const now = options.clock.now();
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: newSerialNumber(options.random),
      name: [{ CN: [options.subject] }],
      notBefore: startingAt(now),
      notAfter: addMs(now, days(options.validityDays)),
      signingAlgorithm,
      keys,
      extensions: [
        // No authority below this one: a leaf's key can never sign another certificate.
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  const privateKeyPkcs8 = new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { certificatePem: pemOf(certificate), privateKeyPkcs8 };
};
