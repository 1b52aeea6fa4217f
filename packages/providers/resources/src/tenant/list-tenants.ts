import type { Handler, subscriptionOperations } from '@holdfast/contracts';
import type { TenantReader } from './tenant.ts';

/** The caller's tenant: a token belongs to one, so the list has at most one item. */
export const listTenants =
  ({ tenants }: { tenants: TenantReader }): Handler<typeof subscriptionOperations.Tenants_List> =>
  async ({ context }) => {
    const tenant = await tenants.find(context.caller.tenantId);
    const value = tenant === undefined ? [] : [tenant];
    return { status: 200, body: { value: value.map(toWire) } };
  };

const toWire = ({ id, displayName, defaultDomain }: { id: string; displayName: string; defaultDomain: string }) => ({
  id: `/tenants/${id}`,
  tenantId: id,
  displayName,
  defaultDomain,
  tenantCategory: 'Home',
  domains: [defaultDomain],
});
