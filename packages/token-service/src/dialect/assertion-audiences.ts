import { issuerOf, type TokenVersion } from '../tokens/issuer-names.ts';
import { addressesOf } from './addresses.ts';
import type { Authority } from './authority.ts';

const versions: readonly TokenVersion[] = ['2.0', '1.0'];

/**
 * What a client assertion may name as its audience at an authority: the token endpoints, v1 and v2, under each spelling
 * of the tenant, as MSAL does; or the issuer, as RFC clients do (openid-client).
 */
export const assertionAudiences = (login: string, authority: Authority): readonly string[] => {
  if (authority.kind === 'any') return versions.map((version) => addressesOf(login, authority.segment, version).token);
  const { tenant, segment } = authority;
  const segments = new Set([tenant.id, segment, tenant.defaultDomain]);
  return [
    ...[...segments].flatMap((spelling) => versions.map((version) => addressesOf(login, spelling, version).token)),
    ...versions.map((version) => issuerOf(login, tenant.id, version)),
  ];
};
