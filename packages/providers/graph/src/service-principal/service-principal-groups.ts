import type { GraphHandler } from '../graph-handler.ts';
import { checkMemberGroups, getMemberGroups, listMemberOf } from '../group/member-of.ts';
import type { GraphStores } from '../stores.ts';
import { requireServicePrincipal } from './require-service-principal.ts';

export const listServicePrincipalMemberOf =
  (stores: GraphStores): GraphHandler<'ServicePrincipals_ListMemberOf'> =>
  async ({ context, parameters, query }) => {
    const { id } = await requireServicePrincipal(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return listMemberOf(stores, { context, query, memberId: id }, { transitive: false });
  };

export const listServicePrincipalTransitiveMemberOf =
  (stores: GraphStores): GraphHandler<'ServicePrincipals_ListTransitiveMemberOf'> =>
  async ({ context, parameters, query }) => {
    const { id } = await requireServicePrincipal(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return listMemberOf(stores, { context, query, memberId: id }, { transitive: true });
  };

export const getServicePrincipalMemberGroups =
  (stores: GraphStores): GraphHandler<'ServicePrincipals_GetMemberGroups'> =>
  async ({ context, parameters }) => {
    const { id } = await requireServicePrincipal(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return getMemberGroups(stores, context, id);
  };

export const checkServicePrincipalMemberGroups =
  (stores: GraphStores): GraphHandler<'ServicePrincipals_CheckMemberGroups'> =>
  async ({ context, parameters, body: { groupIds } }) => {
    const { id } = await requireServicePrincipal(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return checkMemberGroups(stores, context, { memberId: id, groupIds });
  };
