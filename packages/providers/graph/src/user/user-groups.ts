import type { GraphHandler } from '../graph-handler.ts';
import { checkMemberGroups, getMemberGroups, listMemberOf } from '../group/member-of.ts';
import type { GraphStores } from '../stores.ts';
import { requireUser } from './require-user.ts';

export const listUserMemberOf =
  (stores: GraphStores): GraphHandler<'Users_ListMemberOf'> =>
  async ({ context, parameters, query }) => {
    const { id } = await requireUser(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return listMemberOf(stores, { context, query, memberId: id }, { transitive: false });
  };

export const listUserTransitiveMemberOf =
  (stores: GraphStores): GraphHandler<'Users_ListTransitiveMemberOf'> =>
  async ({ context, parameters, query }) => {
    const { id } = await requireUser(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return listMemberOf(stores, { context, query, memberId: id }, { transitive: true });
  };

export const getUserMemberGroups =
  (stores: GraphStores): GraphHandler<'Users_GetMemberGroups'> =>
  async ({ context, parameters }) => {
    const { id } = await requireUser(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return getMemberGroups(stores, context, id);
  };

export const checkUserMemberGroups =
  (stores: GraphStores): GraphHandler<'Users_CheckMemberGroups'> =>
  async ({ context, parameters, body: { groupIds } }) => {
    const { id } = await requireUser(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return checkMemberGroups(stores, context, { memberId: id, groupIds });
  };
