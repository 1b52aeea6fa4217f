import { constants, createHash, sign } from 'node:crypto';
import { base64url, type Clock, newUuid, type Random } from '@holdfast/kernel';
import type { ClientCertificate } from '../options/client-certificate.ts';

export interface AssertionSettings {
  readonly clientId: string;
  readonly certificate: ClientCertificate;
  /** The token endpoint, exactly as it is called. */
  readonly audience: string;
  readonly clock: Clock;
  readonly random: Random;
}

const lifetimeSeconds = 600;

/** A JWT that proves possession of the certificate's key (RFC 7523), signed PS256 as Entra's clients do. */
export const clientAssertion = (settings: AssertionSettings): string => {
  const { clientId, certificate, audience, clock, random } = settings;
  const now = Math.floor(clock.now().getTime() / 1000);
  const thumbprint = (hash: string) => base64url(createHash(hash).update(certificate.certificate.raw).digest());
  const header = { alg: 'PS256', typ: 'JWT', x5t: thumbprint('sha1'), 'x5t#S256': thumbprint('sha256') };
  const times = { iat: now, nbf: now, exp: now + lifetimeSeconds };
  const claims = { aud: audience, iss: clientId, sub: clientId, jti: newUuid(random), ...times };
  const signed = [header, claims].map((part) => base64url(Buffer.from(JSON.stringify(part)))).join('.');
  const signature = sign('sha256', Buffer.from(signed), {
    key: certificate.key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
  return `${signed}.${base64url(signature)}`;
};
