import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** This machine's identity: a P-256 key pair whose private half never leaves the machine. */
export interface IdentityKey {
  /** RFC 7638 SHA-256 thumbprint, base64url. */
  readonly keyId: string;
  /** SubjectPublicKeyInfo DER, base64. */
  readonly publicKey: string;
  /** ECDSA over SHA-256 in the fixed-length form of IEEE P1363, base64. */
  sign(text: string): string;
  /** PKCS#8, for the key's own file and nothing else. */
  exportPem(): string;
  readonly privateKey: KeyObject;
}

export const generateIdentityKey = (): IdentityKey =>
  identityKeyOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);

/** @throws when the text is not a P-256 private key */
export const parseIdentityKey = (pem: string): IdentityKey => {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('not a P-256 key');
  return identityKeyOf(key);
};

const identityKeyOf = (privateKey: KeyObject): IdentityKey => {
  const publicHalf = createPublicKey(privateKey);
  return {
    keyId: thumbprintOf(publicHalf),
    publicKey: publicHalf.export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (text) =>
      sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64'),
    exportPem: () => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    privateKey,
  };
};

/** RFC 7638 section 3: the required members in the order of their names, without spaces. */
const thumbprintOf = (publicHalf: KeyObject): string => {
  const { crv, kty, x, y } = publicHalf.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
};
