import { createPublicKey } from 'node:crypto';
import type { TokenKeys } from '@holdfast/pipeline';
import type { KeyRing } from '@holdfast/token-service';

/** The resource manager's view of the signing keys: their public halves. A tenant without keys has none. */
export const createTokenKeys = (keyRing: KeyRing): TokenKeys => ({
  find: async (tenantId, keyId) => {
    const { keys } = await keyRing.jwks(tenantId).catch(() => ({ keys: [] }));
    const found = keys.find((key) => key.kid === keyId);
    return found && createPublicKey({ key: found as Record<string, string>, format: 'jwk' });
  },
});
