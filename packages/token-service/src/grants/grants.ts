import { clientCredentials } from './client-credentials.ts';
import type { Grant } from './grant.ts';

/** Every way to a token. A new one is a file beside this one and a row here; metadata lists the rows. */
export const grants: readonly Grant[] = [clientCredentials];

export const findGrant = (grantType: string): Grant | undefined =>
  grants.find(({ name, aliases }) => name === grantType || aliases.includes(grantType));
