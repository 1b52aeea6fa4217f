import { addOwner, listOwners, removeOwner } from '../directory-object/owners.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphStores } from '../stores.ts';
import { requireGroup, requireGuardedGroup } from './require-group.ts';

export const listGroupOwners =
  (stores: GraphStores): GraphHandler<'Groups_ListOwners'> =>
  async ({ context, parameters, query }) => {
    const { id } = await requireGroup(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return listOwners(stores, { context, query }, id);
  };

export const addGroupOwner =
  (stores: GraphStores): GraphHandler<'Groups_AddOwner'> =>
  async ({ context, parameters, body }) => {
    const { id } = await requireGuardedGroup(stores, context, parameters.id);
    return addOwner(stores, { context, body }, id);
  };

export const removeGroupOwner =
  (stores: GraphStores): GraphHandler<'Groups_RemoveOwner'> =>
  async ({ context, parameters }) => {
    const { id } = await requireGuardedGroup(stores, context, parameters.id);
    return removeOwner(stores, { context, ownerId: parameters.ownerId }, id);
  };
