import type { TokenKeys } from '@holdfast/pipeline';
import type { KeyRing } from '@holdfast/token-service';

/** The resource manager's view of the signing keys: their public halves. A tenant without keys has none. */
export const createTokenKeys = (keyRing: KeyRing): TokenKeys => ({
  find: (tenantId, keyId) => keyRing.findPublicKey(tenantId, keyId),
});
