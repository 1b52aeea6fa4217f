import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { CompactSign, exportJWK, type JWK } from 'jose';
import type { NetworkReply, TestNetwork } from './test-network.ts';

/** A foreign issuer with published keys. */
export interface TestIssuer {
  readonly issuer: string;
  readonly metadata: Record<string, unknown>;
  readonly jwks: { keys: JWK[] };
  /** In place of both documents from now on; undefined brings them back. */
  fail(reply: NetworkReply | undefined): void;
  /** Publishes a key. */
  addKey(kid: string, alg: string): Promise<void>;
  /** Signs with a published key; `header` overrides, undefined takes away. */
  sign(
    claims: object,
    options?: { kid?: string; header?: Record<string, unknown>; key?: KeyObject | Uint8Array },
  ): Promise<string>;
}

export const createTestIssuer = async (network: TestNetwork, issuer: string): Promise<TestIssuer> => {
  const base = issuer.replace(/\/$/, '');
  const keys = new Map<string, { alg: string; privateKey: KeyObject }>();
  const metadata: Record<string, unknown> = { issuer, jwks_uri: `${base}/keys` };
  const jwks: { keys: JWK[] } = { keys: [] };
  let failure: NetworkReply | undefined;
  const documents: Readonly<Record<string, unknown>> = {
    [`${base}/.well-known/openid-configuration`]: metadata,
    [`${base}/keys`]: jwks,
  };
  network.sites.set(new URL(issuer).origin, ({ url }) => {
    const body = documents[url.href];
    return failure ?? (body === undefined ? { status: 404 } : { body });
  });
  const made: TestIssuer = {
    issuer,
    metadata,
    jwks,
    fail: (reply) => {
      failure = reply;
    },
    addKey: async (kid, alg) => {
      const { privateKey, publicKey } = newKeyPair(alg);
      keys.set(kid, { alg, privateKey });
      jwks.keys.push({ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' });
    },
    sign: async (claims, { kid = 'first', header = {}, key } = {}) => {
      const known = keys.get(kid);
      const names = { typ: 'JWT', alg: known?.alg ?? 'RS256', kid, ...header };
      const payload = new TextEncoder().encode(JSON.stringify(claims));
      return new CompactSign(payload)
        .setProtectedHeader(names)
        .sign(key ?? known?.privateKey ?? newKeyPair('RS256').privateKey);
    },
  };
  await made.addKey('first', 'RS256');
  return made;
};

const curves: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

export const newKeyPair = (alg: string) => {
  const namedCurve = curves[alg];
  return namedCurve === undefined
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve });
};
