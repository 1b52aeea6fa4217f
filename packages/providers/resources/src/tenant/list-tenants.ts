import { type ApiVersion, isSince } from '@holdfast/arm';
import type { Handler, subscriptionOperations } from '@holdfast/contracts';
import type { Tenant, TenantReader } from './tenant.ts';

/** The caller's tenant: a token belongs to one, so the list has at most one item. */
export const listTenants =
  ({ tenants }: { tenants: TenantReader }): Handler<typeof subscriptionOperations.Tenants_List> =>
  async ({ context }) => {
    const tenant = await tenants.find(context.caller.tenantId);
    const value = tenant === undefined ? [] : [tenant];
    return { status: 200, body: { value: value.map((each) => toWire(each, context.apiVersion)) } };
  };

const toWire = ({ id, displayName, defaultDomain }: Tenant, version: ApiVersion) => ({
  id: `/tenants/${id}`,
  tenantId: id,
  displayName,
  ...(isSince(version, '2020-01-01') && { defaultDomain }),
  tenantCategory: 'Home',
  domains: [defaultDomain],
});
