import type { DirectoryStore, Tenant } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { notFound } from '../directory-object/require-object.ts';

/** The caller's own tenant. */
export const requireTenant = async (
  { tenants }: { readonly tenants: Pick<DirectoryStore, 'findTenant'> },
  tenantId: Uuid,
): Promise<Tenant> => {
  const tenant = await tenants.findTenant(tenantId);
  if (tenant === undefined) throw notFound(tenantId);
  return tenant;
};
