import { createPublicKey } from 'node:crypto';
import { type Clock, createTimedCache, seconds } from '@holdfast/kernel';
import type { MachineKeys } from '@holdfast/pipeline';
import { type ConnectedMachineStore, identityExpiry, type ServicePeriod } from '@holdfast/provider-hybrid-compute';

/** A deleted machine's key is refused after this long at the latest; its heartbeats are refused at once. */
const maxAge = seconds(15);

/** The identity keys of connected machines, each read once and remembered for a moment. */
export const createMachineKeys = (
  connected: ConnectedMachineStore,
  { clock, period }: { clock: Clock; period: () => ServicePeriod },
): MachineKeys => {
  const cache = createTimedCache({
    clock,
    capacity: 200_000,
    load: async (keyId) => {
      const holder = await connected.findByKeyId(keyId);
      if (holder === undefined) return undefined;
      const key = Buffer.from(holder.publicKey, 'base64');
      return { ...holder, publicKey: createPublicKey({ key, format: 'der', type: 'spki' }) };
    },
  });
  return {
    find: async (keyId) => {
      const holder = await cache.get(keyId, maxAge);
      if (holder === undefined) return undefined;
      const { machineId, tenantId, publicKey, certificateNotAfter } = holder;
      const expiresAt = certificateNotAfter && identityExpiry(certificateNotAfter, period());
      return { machineId, tenantId, publicKey, expiresAt };
    },
  };
};
