import type { GraphHandler } from '../graph-handler.ts';
import type { GraphStores } from '../stores.ts';
import { checkMemberGroups, getMemberGroups, listMemberOf } from './member-of.ts';
import { requireGroup } from './require-group.ts';

export const listGroupMemberOf =
  (stores: GraphStores): GraphHandler<'Groups_ListMemberOf'> =>
  async ({ context, parameters, query }) => {
    const { id } = await requireGroup(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return listMemberOf(stores, { context, query, memberId: id }, { transitive: false });
  };

export const listGroupTransitiveMemberOf =
  (stores: GraphStores): GraphHandler<'Groups_ListTransitiveMemberOf'> =>
  async ({ context, parameters, query }) => {
    const { id } = await requireGroup(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return listMemberOf(stores, { context, query, memberId: id }, { transitive: true });
  };

export const getGroupMemberGroups =
  (stores: GraphStores): GraphHandler<'Groups_GetMemberGroups'> =>
  async ({ context, parameters }) => {
    const { id } = await requireGroup(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return getMemberGroups(stores, context, id);
  };

export const checkGroupMemberGroups =
  (stores: GraphStores): GraphHandler<'Groups_CheckMemberGroups'> =>
  async ({ context, parameters, body: { groupIds } }) => {
    const { id } = await requireGroup(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return checkMemberGroups(stores, context, { memberId: id, groupIds });
  };
