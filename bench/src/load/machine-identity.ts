import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import {
  contentDigest,
  currentAgentProtocol,
  protocolHeader,
  signatureBase,
  signatureHeader,
  signatureInput,
} from '@holdfast/contracts';
import { renderRequest } from './render-request.ts';

/** A machine as the control plane knows it: a name, a VM id and a P-256 key. */
export interface MachineIdentity {
  readonly name: string;
  readonly vmId: string;
  readonly privateKey: KeyObject;
  /** Base64 of the DER SubjectPublicKeyInfo. */
  readonly publicKey: string;
  /** RFC 7638 thumbprint. */
  readonly keyId: string;
}

export const newIdentity = (name: string): MachineIdentity => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  return {
    name,
    vmId: randomUUID(),
    privateKey,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    keyId: createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url'),
  };
};

/** A signed POST of the agent protocol (RFC 9421), as bytes. */
export const signedRequest = (
  origin: string,
  { privateKey, keyId }: MachineIdentity,
  { path, body }: { readonly path: string; readonly body: string },
): Buffer => {
  const digest = contentDigest(createHash('sha256').update(body).digest('base64'));
  const created = Math.floor(Date.now() / 1000);
  const parts = { method: 'POST', path, contentDigest: digest, created, keyId };
  const signature = sign('sha256', Buffer.from(signatureBase(parts)), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const headers = {
    'content-type': 'application/json',
    'content-digest': digest,
    'signature-input': signatureInput(parts),
    signature: signatureHeader(signature.toString('base64')),
    [protocolHeader]: String(currentAgentProtocol),
  };
  return renderRequest(origin, { method: 'POST', target: path, headers, body });
};
