import type { Tenant } from '@holdfast/directory';
import { type Entity, entityAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { notFound } from '../directory-object/require-object.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { parseListQuery, selectOf } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { requireTenant } from './require-tenant.ts';

/** There is one: the caller's own. */
export const listOrganizations =
  (stores: GraphStores): GraphHandler<'Organization_List'> =>
  async ({ context, query }) => {
    const { select } = parseListQuery(query);
    const tenant = await requireTenant(stores, context.caller.tenantId);
    return listAnswer(context, { set: 'organization', items: [organizationToWire(tenant)], select });
  };

export const getOrganization =
  (stores: GraphStores): GraphHandler<'Organization_Get'> =>
  async ({ context, parameters, query }) => {
    const tenant = await requireTenant(stores, context.caller.tenantId);
    if (parameters.id.toLowerCase() !== tenant.id) throw notFound(parameters.id);
    return entityAnswer(context, { set: 'organization', entity: organizationToWire(tenant), select: selectOf(query) });
  };

export const listDomains =
  (stores: GraphStores): GraphHandler<'Domains_List'> =>
  async ({ context, query }) => {
    const { select } = parseListQuery(query);
    const tenant = await requireTenant(stores, context.caller.tenantId);
    return listAnswer(context, { set: 'domains', items: [domainToWire(tenant)], select });
  };

export const getDomain =
  (stores: GraphStores): GraphHandler<'Domains_Get'> =>
  async ({ context, parameters, query }) => {
    const tenant = await requireTenant(stores, context.caller.tenantId);
    if (parameters.id.toLowerCase() !== tenant.defaultDomain) throw notFound(parameters.id);
    return entityAnswer(context, { set: 'domains', entity: domainToWire(tenant), select: selectOf(query) });
  };

const organizationToWire = ({ id, displayName, defaultDomain }: Tenant): Entity => ({
  id,
  displayName,
  tenantType: 'AAD',
  verifiedDomains: [{ name: defaultDomain, isDefault: true, isInitial: true, type: 'Managed', capabilities: '' }],
});

const domainToWire = ({ defaultDomain }: Tenant): Entity => ({
  id: defaultDomain,
  authenticationType: 'Managed',
  isAdminManaged: true,
  isDefault: true,
  isInitial: true,
  isRoot: true,
  isVerified: true,
  supportedServices: [],
});
