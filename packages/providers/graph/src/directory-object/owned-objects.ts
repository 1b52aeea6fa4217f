import type { Answer, DirectoryContext } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import type { Entity } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { applicationToWire } from '../application/application-wire.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { groupAsObject } from '../group/group-wire.ts';
import { parseListQuery } from '../query/list-query.ts';
import { requireServicePrincipal } from '../service-principal/require-service-principal.ts';
import { servicePrincipalToWire } from '../service-principal/service-principal-wire.ts';
import type { GraphStores } from '../stores.ts';
import { requireUser } from '../user/require-user.ts';

export const listUserOwnedObjects =
  (stores: GraphStores): GraphHandler<'Users_ListOwnedObjects'> =>
  async ({ context, parameters, query }) => {
    const { id } = await requireUser(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return listOwned(stores, { context, query }, id);
  };

export const listMyOwnedObjects =
  (stores: GraphStores): GraphHandler<'Me_ListOwnedObjects'> =>
  async ({ context, query }) =>
    listOwned(stores, { context, query }, context.caller.objectId);

export const listServicePrincipalOwnedObjects =
  (stores: GraphStores): GraphHandler<'ServicePrincipals_ListOwnedObjects'> =>
  async ({ context, parameters, query }) => {
    const { id } = await requireServicePrincipal(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return listOwned(stores, { context, query }, id);
  };

const listOwned = async (
  stores: GraphStores,
  { context, query }: { readonly context: DirectoryContext; readonly query: ReadonlyMap<string, string> },
  ownerId: Uuid,
): Promise<Answer> => {
  const { select } = parseListQuery(query);
  const { tenantId } = context.caller;
  const ids = await stores.owners.listOwned(tenantId, ownerId);
  const found = await Promise.all(ids.map((id) => findOwned(stores, tenantId, id)));
  const items = found.filter((each) => each !== undefined);
  return listAnswer(context, { set: 'directoryObjects', items, select });
};

const findOwned = async (stores: GraphStores, tenantId: Uuid, id: Uuid): Promise<Entity | undefined> => {
  const application = await stores.applications.find(tenantId, id);
  if (application !== undefined)
    return { '@odata.type': '#microsoft.graph.application', ...applicationToWire(application) };
  const principal = await stores.servicePrincipals.find(tenantId, id);
  if (principal !== undefined)
    return { '@odata.type': '#microsoft.graph.servicePrincipal', ...servicePrincipalToWire(principal) };
  const group = await stores.groups.find(tenantId, id);
  return group && groupAsObject(group);
};
