import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { Bootstrap } from './bootstrap.ts';

/** The claims of a token that the tenant's published keys and issuer stand for. */
export const verifyToken = async ({ endpoint, tenantId }: Bootstrap, token: string): Promise<JWTPayload> => {
  const discovery = await fetch(`${endpoint}/${tenantId}/.well-known/openid-configuration`);
  const { issuer, jwks_uri } = (await discovery.json()) as { issuer: string; jwks_uri: string };
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), { issuer, algorithms: ['RS256'] });
  return payload;
};
