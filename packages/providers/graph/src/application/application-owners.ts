import { guardApplication } from '../access/directory-guard.ts';
import { addOwner, listOwners, removeOwner } from '../directory-object/owners.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphStores } from '../stores.ts';
import { requireApplication } from './require-application.ts';

export const listApplicationOwners =
  (stores: GraphStores): GraphHandler<'Applications_ListOwners'> =>
  async ({ context, parameters, query }) => {
    const { id } = await requireApplication(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return listOwners(stores, { context, query }, id);
  };

export const addApplicationOwner =
  (stores: GraphStores): GraphHandler<'Applications_AddOwner'> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    const application = await requireApplication(stores, { tenantId, key: parameters.id, lock: true });
    await guardApplication(stores, context, application);
    return addOwner(stores, { context, body }, application.id);
  };

export const removeApplicationOwner =
  (stores: GraphStores): GraphHandler<'Applications_RemoveOwner'> =>
  async ({ context, parameters }) => {
    const { tenantId } = context.caller;
    const application = await requireApplication(stores, { tenantId, key: parameters.id, lock: true });
    await guardApplication(stores, context, application);
    return removeOwner(stores, { context, ownerId: parameters.ownerId }, application.id);
  };
