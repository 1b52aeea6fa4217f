import type { Client, DirectoryStore, Tenant } from '@holdfast/directory';
import { isUuid, type Uuid } from '@holdfast/kernel';
import type { Handle } from '../handle.ts';
import { isStorable } from '../storable.ts';
import { clientOf, selectClients } from './client-row.ts';
import { findStanding } from './find-standing.ts';
import { selectTenants, tenantOf } from './tenant-store.ts';

export const createDirectoryStore = (db: Handle): DirectoryStore => ({
  findTenant: (idOrDomain) => findTenant(db, idOrDomain),
  defaultTenant: () => defaultTenant(db),
  findClient: (tenantId, appId) => findClient(db, tenantId, appId),
  findStanding: (tenantId, principalId) => findStanding(db, tenantId, principalId),
});

const findTenant = async (db: Handle, idOrDomain: string): Promise<Tenant | undefined> => {
  if (!isStorable(idOrDomain)) return undefined;
  const tenants = selectTenants(db);
  const matching = isUuid(idOrDomain)
    ? tenants.where('tenant.tenant_id', '=', idOrDomain)
    : tenants.where('tenant.default_domain', '=', idOrDomain);
  const row = await matching.executeTakeFirst();
  return row && tenantOf(row);
};

const defaultTenant = async (db: Handle): Promise<Tenant> =>
  tenantOf(await selectTenants(db).orderBy('tenant.ordinal').limit(1).executeTakeFirstOrThrow());

const findClient = async (db: Handle, tenantId: Uuid, appId: Uuid): Promise<Client | undefined> => {
  const row = await selectClients(db, tenantId).where('principal.app_id', '=', appId).executeTakeFirst();
  return row && clientOf(row);
};
