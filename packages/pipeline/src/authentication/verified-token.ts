import type { Principal } from '@holdfast/contracts';
import { parseUuid, type Uuid } from '@holdfast/kernel';
import type { JWTPayload } from 'jose';

/** What a token says once its signature, issuer and audience are known to be right. */
export interface VerifiedToken {
  /** The key that signed it. */
  readonly keyId: string;
  readonly principal: Principal;
  /** Milliseconds since 1970; NaN when the token does not say. */
  readonly issuedAt: number;
  /** The secret, certificate or federated credential that a program obtained it with (`xms_cid`). */
  readonly credentialId: Uuid | undefined;
}

/** Undefined for claims that no token of ours has. */
export const readClaims = (claims: JWTPayload, keyId: string): VerifiedToken | undefined => {
  const objectId = parseUuid(claims['oid']);
  const tenantId = parseUuid(claims['tid']);
  const credential = parseUuid(claims['xms_cid']);
  if (!objectId.ok || !tenantId.ok || (!credential.ok && claims['xms_cid'] !== undefined)) return undefined;
  const names = { objectId: objectId.value, tenantId: tenantId.value };
  return {
    keyId,
    principal: claims['idtyp'] === 'app' ? programOf(claims, names) : personOf(claims, names),
    issuedAt: Number(claims.iat) * 1000,
    credentialId: credential.ok ? credential.value : undefined,
  };
};

type Names = Pick<Principal, 'objectId' | 'tenantId'>;

const personOf = (claims: JWTPayload, names: Names): Principal => ({
  ...names,
  kind: 'User',
  name: String(claims['upn'] ?? claims['appid'] ?? claims['azp'] ?? names.objectId),
  scopes: typeof claims['scp'] === 'string' ? claims['scp'].split(' ').filter((scope) => scope !== '') : [],
});

const programOf = (claims: JWTPayload, names: Names): Principal => ({
  ...names,
  kind: typeof claims['xms_mirid'] === 'string' ? 'ManagedIdentity' : 'Application',
  name: String(claims['appid'] ?? claims['azp'] ?? names.objectId),
  permissions: Array.isArray(claims['roles']) ? claims['roles'].map(String) : [],
});
