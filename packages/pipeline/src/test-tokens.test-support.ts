import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Uuid } from '@holdfast/kernel';
import { SignJWT } from 'jose';
import type { PrincipalStanding, TokenKeys } from './ports.ts';

export const now = new Date('2026-03-01T12:00:00.000Z');
export const origin = 'https://arm.example:8443';
export const graphOrigin = 'https://graph.example';
export const loginOrigin = 'https://login.example';

export const tenantId = '11111111-1111-4111-8111-111111111111' as Uuid;
export const otherTenantId = '22222222-2222-4222-8222-222222222222' as Uuid;

/** Principals of the first tenant, by what they hold. */
export const owner = 'aaaaaaaa-0000-4000-8000-000000000001' as Uuid;
export const groupReader = 'aaaaaaaa-0000-4000-8000-000000000002' as Uuid;
export const nobody = 'aaaaaaaa-0000-4000-8000-000000000003' as Uuid;

export const signingKeys = {
  [tenantId]: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  [otherTenantId]: generateKeyPairSync('rsa', { modulusLength: 2048 }),
} as Readonly<Record<Uuid, { publicKey: KeyObject; privateKey: KeyObject }>>;

/** Each tenant has one key, called `key-1` in both. */
export const tokenKeys: TokenKeys = {
  find: async (tenant, keyId) => (keyId === 'key-1' ? signingKeys[tenant]?.publicKey : undefined),
};

/** Everybody stands, with no credential to speak of. */
export const standing: PrincipalStanding = {
  find: async () => ({ enabled: true, tokensValidFrom: undefined, credentialIds: [] }),
};

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

export const claimsOf = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  aud: origin,
  iss: `${loginOrigin}/${tenantId}/v2.0`,
  tid: tenantId,
  oid: owner,
  azp: 'bbbbbbbb-0000-4000-8000-000000000001',
  idtyp: 'app',
  iat: seconds(now),
  nbf: seconds(now),
  exp: seconds(now) + 3600,
  ...overrides,
});

/** Changes to the default claims that make it a person's. */
export const person = { idtyp: 'user', upn: 'ann@t.example', scp: 'user_impersonation' } as const;

/** A token that jose made; by default one that the resource manager must accept. */
export const tokenOf = (
  claims: Record<string, unknown> = {},
  { header = {}, key }: { header?: Record<string, unknown>; key?: KeyObject | Uint8Array } = {},
): Promise<string> => {
  const signingKey = key ?? signingKeys[tenantId]?.privateKey;
  if (signingKey === undefined) throw new Error('the tenant has no key');
  return new SignJWT(claimsOf(claims))
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1', typ: 'JWT', ...header })
    .sign(signingKey);
};
