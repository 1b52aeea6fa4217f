import { type JWTPayload, SignJWT } from 'jose';
import type { SigningKey } from '../keys/signing-key.ts';

/** A compact JWS. The signature is made in the thread pool: RS256 would otherwise hold the event loop for a millisecond. */
export const signToken = (claims: JWTPayload, key: SigningKey): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: key.algorithm, typ: 'JWT', kid: key.kid }).sign(key.privateKey);
