import { createHash, createPublicKey, type webcrypto } from 'node:crypto';
import { type ArmError, armError } from '@holdfast/arm';
import { err, ok, type Result } from '@holdfast/kernel';
import type { IdentityKey } from './machine.ts';

/** Reads `clientPublicKey`: base64 of a DER SubjectPublicKeyInfo that holds a P-256 key. */
export const parseIdentityKey = (clientPublicKey: string): Result<IdentityKey, ArmError> => {
  try {
    const key = createPublicKey({ key: Buffer.from(clientPublicKey, 'base64'), format: 'der', type: 'spki' });
    const { kty, crv, x, y } = key.export({ format: 'jwk' });
    if (kty !== 'EC' || crv !== 'P-256') return invalid();
    // Through the JWK, so that a compressed point (RFC 5480 section 2.2) is kept as every other key is.
    const plain = createPublicKey({ key: { crv, kty, x, y } as webcrypto.JsonWebKey, format: 'jwk' });
    const publicKey = plain.export({ format: 'der', type: 'spki' }).toString('base64');
    return ok({ publicKey, keyId: thumbprint({ crv, kty, x, y }) });
  } catch {
    return invalid();
  }
};

/** RFC 7638: the required members in lexicographic order, without white space. */
const thumbprint = (members: Record<string, string | undefined>): string =>
  createHash('sha256').update(JSON.stringify(members)).digest('base64url');

const invalid = (): Result<never, ArmError> =>
  err(
    armError(
      'InvalidRequestContent',
      { detail: 'properties.clientPublicKey must be base64 of a DER SubjectPublicKeyInfo with a P-256 key' },
      { target: 'properties.clientPublicKey' },
    ),
  );
