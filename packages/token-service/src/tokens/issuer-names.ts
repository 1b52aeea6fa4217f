import type { Uuid } from '@holdfast/kernel';

/** Which generation of Entra's endpoints, and so of token, is meant. */
export type TokenVersion = '1.0' | '2.0';

/** The `iss` of a tenant's tokens, as its metadata publishes it. Its origin is the authority's, which clients check. */
export const issuerOf = (loginOrigin: string, tenantId: Uuid | '{tenantid}', version: TokenVersion): string =>
  version === '2.0' ? `${loginOrigin}/${tenantId}/v2.0` : `${loginOrigin}/${tenantId}/`;
