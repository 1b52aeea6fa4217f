// The dependency container of @peculiar/x509 refuses to load before this polyfill.
import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { addMs, days } from '@holdfast/kernel';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

export interface SelfSigned {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface SelfSignedWish {
  /** The common name. */
  readonly name: string;
  readonly key?: keyof typeof algorithms;
  /** Alternative names, host names and addresses. */
  readonly hosts?: readonly string[];
  /** From now to the end; -1 has expired. Each begins a week before today or before its end. */
  readonly days?: number;
}

/** A certificate with a key of its own, like one of `openssl req -x509`, on machines that have no openssl too. */
export const makeSelfSigned = async (wish: SelfSignedWish): Promise<SelfSigned> => {
  const { name, key = 'RSA', hosts = ['localhost', '127.0.0.1'] } = wish;
  const keys = await webcrypto.subtle.generateKey(algorithms[key], true, ['sign', 'verify']);
  const now = new Date();
  const notAfter = addMs(now, days(wish.days ?? 30));
  const alternativeNames = hosts.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [name] }],
      notBefore: addMs(new Date(Math.min(now.getTime(), notAfter.getTime())), -days(7)),
      notAfter,
      signingAlgorithm: algorithms[key],
      keys,
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        new SubjectAlternativeNameExtension(alternativeNames),
      ],
    },
    webcrypto,
  );
  return {
    certificatePem: `${certificate.toString('pem').trimEnd()}\n`,
    privateKeyPem: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};

const rsa = (modulusLength: number) => ({
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength,
  publicExponent: Uint8Array.of(1, 0, 1),
});

const algorithms = {
  RSA: rsa(2048),
  'weak RSA': rsa(1024),
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
} as const;
