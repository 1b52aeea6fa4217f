import type { Client, DirectoryStore, Tenant } from '@holdfast/directory';
import { type Clock, createTimedCache, parseUuid, seconds, type Uuid } from '@holdfast/kernel';

/**
 * The directory as the endpoints read it. A change made elsewhere holds here within ten seconds, well inside the
 * minute that revocation may take.
 */
export interface CachedDirectory {
  findTenant(idOrDomain: string): Promise<Tenant | undefined>;
  defaultTenant(): Promise<Tenant>;
  findClient(tenantId: Uuid, appId: Uuid): Promise<Client | undefined>;
  /** No older than a second: asked before a refusal, so that a credential just added is not called wrong. */
  findClientNow(tenantId: Uuid, appId: Uuid): Promise<Client | undefined>;
}

const maxAgeMs = seconds(10);
const freshAgeMs = seconds(1);

export const createCachedDirectory = (store: DirectoryStore, clock: Clock): CachedDirectory => {
  const tenants = createTimedCache({ clock, capacity: 1_000, load: (name) => store.findTenant(name) });
  const defaults = createTimedCache({ clock, capacity: 1, load: () => store.defaultTenant() });
  const clients = createTimedCache({ clock, capacity: 10_000, load: (key) => loadClient(store, key) });
  return {
    findTenant: (idOrDomain) => tenants.get(idOrDomain, maxAgeMs),
    defaultTenant: async () => {
      const tenant = await defaults.get('', maxAgeMs);
      if (tenant === undefined) throw new Error('there is no tenant');
      return tenant;
    },
    findClient: (tenantId, appId) => clients.get(`${tenantId} ${appId}`, maxAgeMs),
    findClientNow: (tenantId, appId) => clients.get(`${tenantId} ${appId}`, freshAgeMs),
  };
};

const loadClient = async (store: DirectoryStore, key: string): Promise<Client | undefined> => {
  const [tenantId, appId] = key.split(' ').map(parseUuid);
  return tenantId?.ok && appId?.ok ? store.findClient(tenantId.value, appId.value) : undefined;
};
