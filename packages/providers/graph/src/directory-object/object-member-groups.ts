import type { GraphHandler } from '../graph-handler.ts';
import { checkMemberGroups, getMemberGroups } from '../group/member-of.ts';
import type { GraphStores } from '../stores.ts';
import { requireReadableObject } from './get-directory-objects.ts';

export const getObjectMemberGroups =
  (stores: GraphStores): GraphHandler<'DirectoryObjects_GetMemberGroups'> =>
  async ({ context, parameters }) => {
    const { id } = await requireReadableObject(stores, context, parameters.id);
    return getMemberGroups(stores, context, id);
  };

export const checkObjectMemberGroups =
  (stores: GraphStores): GraphHandler<'DirectoryObjects_CheckMemberGroups'> =>
  async ({ context, parameters, body }) => {
    const { id } = await requireReadableObject(stores, context, parameters.id);
    return checkMemberGroups(stores, context, { memberId: id, groupIds: body.groupIds });
  };
