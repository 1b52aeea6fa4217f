import { authorizationCode } from './authorization-code.ts';
import { clientCredentials } from './client-credentials.ts';
import { deviceCode } from './device-code.ts';
import type { Grant } from './grant.ts';
import { refreshToken } from './refresh-token.ts';

/** Every way to a token. A new one is a file beside this one and a row here; metadata lists the rows. */
export const grants: readonly Grant[] = [clientCredentials, authorizationCode, deviceCode, refreshToken];

export const findGrant = (grantType: string): Grant | undefined =>
  grants.find(({ name, aliases }) => name === grantType || aliases.includes(grantType));
