import { createHash } from 'node:crypto';
import {
  contentDigest,
  currentAgentProtocol,
  protocolHeader,
  signatureBase,
  signatureHeader,
  signatureInput,
} from '@holdfast/contracts';
import type { IdentityKey } from '../identity/identity-key.ts';

export interface Signable {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** The control plane's time. */
  readonly now: Date;
}

/** Everything a machine's request carries beside its body (RFC 9421, RFC 9530). */
export const signedHeaders = (key: IdentityKey, { method, path, body, now }: Signable): Record<string, string> => {
  const digest = contentDigest(createHash('sha256').update(body).digest('base64'));
  const created = Math.floor(now.getTime() / 1000);
  const parts = { method, path, contentDigest: digest, created, keyId: key.keyId };
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'content-digest': digest,
    'signature-input': signatureInput(parts),
    signature: signatureHeader(key.sign(signatureBase(parts))),
    [protocolHeader]: String(currentAgentProtocol),
  };
};
