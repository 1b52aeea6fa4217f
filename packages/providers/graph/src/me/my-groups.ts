import type { GraphHandler } from '../graph-handler.ts';
import { checkMemberGroups, getMemberGroups, listMemberOf } from '../group/member-of.ts';
import type { GraphStores } from '../stores.ts';

export const listMyMemberOf =
  (stores: GraphStores): GraphHandler<'Me_ListMemberOf'> =>
  async ({ context, query }) =>
    listMemberOf(stores, { context, query, memberId: context.caller.objectId }, { transitive: false });

export const listMyTransitiveMemberOf =
  (stores: GraphStores): GraphHandler<'Me_ListTransitiveMemberOf'> =>
  async ({ context, query }) =>
    listMemberOf(stores, { context, query, memberId: context.caller.objectId }, { transitive: true });

export const getMyMemberGroups =
  (stores: GraphStores): GraphHandler<'Me_GetMemberGroups'> =>
  async ({ context }) =>
    getMemberGroups(stores, context, context.caller.objectId);

export const checkMyMemberGroups =
  (stores: GraphStores): GraphHandler<'Me_CheckMemberGroups'> =>
  async ({ context, body: { groupIds } }) =>
    checkMemberGroups(stores, context, { memberId: context.caller.objectId, groupIds });
