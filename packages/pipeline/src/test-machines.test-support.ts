import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  contentDigest,
  currentAgentProtocol,
  protocolHeader,
  signatureBase,
  signatureHeader,
  signatureInput,
} from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import type { MachineKeys } from './ports.ts';
import { now, tenantId } from './test-tokens.test-support.ts';

const certified = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const fresh = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const lapsed = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const keyIdOf = ({ publicKey }: { publicKey: KeyObject }): string => {
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
};

/** Machines by the state of their identity; the last one is connected nowhere. */
export const machineKeyPairs = { certified, fresh, lapsed, stranger };

export const machineId = 'cccccccc-0000-4000-8000-000000000001' as Uuid;

const expiries = new Map<string, Date | undefined>([
  [keyIdOf(certified), new Date(now.getTime() + 1000)],
  [keyIdOf(fresh), undefined],
  [keyIdOf(lapsed), now],
]);

export const machineKeys: MachineKeys = {
  find: async (keyId) => {
    const pair = [certified, fresh, lapsed].find((each) => keyIdOf(each) === keyId);
    return pair && { machineId, tenantId, publicKey: pair.publicKey, expiresAt: expiries.get(keyId) };
  },
};

export interface Signing {
  readonly path: string;
  readonly body: string;
  readonly method?: string;
  /** Whose key id is claimed. */
  readonly claims?: keyof typeof machineKeyPairs;
  /** Whose key signs, when it is not the claimed one. */
  readonly signs?: keyof typeof machineKeyPairs;
  /** Seconds that the machine's clock is ahead. */
  readonly ahead?: number;
  readonly protocol?: string;
}

/** The headers with which a connected machine sends `body`. */
export const signedHeaders = (signing: Signing): Record<string, string> => {
  const { path, body, method = 'POST', claims = 'certified', signs = claims, ahead = 0 } = signing;
  const digest = contentDigest(createHash('sha256').update(body).digest('base64'));
  const created = Math.floor(now.getTime() / 1000) + ahead;
  const parts = { method, path, contentDigest: digest, created, keyId: keyIdOf(machineKeyPairs[claims]) };
  const key = { key: machineKeyPairs[signs].privateKey, dsaEncoding: 'ieee-p1363' as const };
  return {
    [protocolHeader]: signing.protocol ?? String(currentAgentProtocol),
    'content-type': 'application/json',
    'content-digest': digest,
    'signature-input': signatureInput(parts),
    signature: signatureHeader(sign('sha256', Buffer.from(signatureBase(parts)), key).toString('base64')),
  };
};
