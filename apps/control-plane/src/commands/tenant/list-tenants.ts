import type { Tenant } from '@holdfast/directory';
import type { Administration } from '../../administer.ts';

/** Prints every tenant, oldest first. */
export const listTenants = async ({ stores, print }: Administration): Promise<void> => {
  const ids = await stores.signingKeys.listTenantIds();
  const tenants = await Promise.all(ids.map((id) => stores.directory.findTenant(id)));
  print(tenants.filter((tenant) => tenant !== undefined).map(described));
};

export const described = ({ id, displayName, defaultDomain, policy }: Tenant) => ({
  tenant: id,
  displayName,
  domain: defaultDomain,
  ...policy,
});
