import type { Tenant } from '@holdfast/directory';
import type { TenantReader } from '@holdfast/provider-resources';
import type { Handle } from '../handle.ts';
import type { TenantRow } from '../rows/directory.ts';

export const createTenantStore = (db: Handle): TenantReader => ({
  find: async (id) => {
    const row = await selectTenants(db).where('tenant.tenant_id', '=', id).executeTakeFirst();
    return row && tenantOf(row);
  },
  first: async () => {
    const row = await selectTenants(db).orderBy('tenant.ordinal').limit(1).executeTakeFirst();
    return row && tenantOf(row);
  },
});

export const selectTenants = (db: Handle) =>
  db
    .selectFrom('tenant')
    .select(['tenant.tenant_id', 'tenant.display_name', 'tenant.default_domain'])
    .select(['tenant.users_may_register_applications', 'tenant.users_may_consent']);

export const tenantOf = (row: Omit<TenantRow, 'ordinal'>): Tenant => ({
  id: row.tenant_id,
  displayName: row.display_name,
  defaultDomain: row.default_domain,
  policy: {
    usersMayRegisterApplications: row.users_may_register_applications,
    usersMayConsent: row.users_may_consent,
  },
});
