import type { SigningKeyStore, StoredSigningKey } from '../src/index.ts';

/** Signing keys in the given array. */
export const createTestKeyStore = (keys: StoredSigningKey[]): SigningKeyStore => ({
  listSigningKeys: async (tenantId) => keys.filter((key) => key.tenantId === tenantId),
  addSigningKey: async (key) => {
    keys.push(key);
  },
  retireSigningKey: async ({ tenantId, kid }, retiresAt) => {
    const index = keys.findIndex((key) => key.tenantId === tenantId && key.kid === kid);
    const key = keys[index];
    if (key !== undefined) keys[index] = { ...key, retiresAt };
    return key !== undefined;
  },
  deleteRetired: async (now) => {
    const kept = keys.filter(({ retiresAt }) => retiresAt === undefined || retiresAt > now);
    return keys.splice(0, keys.length, ...kept).length - kept.length;
  },
  lockForRotation: async () => undefined,
  listTenantIds: async () => [...new Set(keys.map(({ tenantId }) => tenantId))],
});
