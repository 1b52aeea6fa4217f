import type { NamedLocation } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { entityAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { notFound } from '../directory-object/require-object.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { parseListQuery, selectOf } from '../query/list-query.ts';
import { refuseFilter } from '../query/refuse-filter.ts';
import type { GraphStores } from '../stores.ts';
import { locationToWire } from './location-wire.ts';

export const locationSet = 'identity/conditionalAccess/namedLocations';

export const listNamedLocations =
  (stores: GraphStores): GraphHandler<'NamedLocations_List'> =>
  async ({ context, query }) => {
    const { select } = refuseFilter(parseListQuery(query));
    const locations = await stores.conditionalAccess.listLocations(context.caller.tenantId);
    return listAnswer(context, { set: locationSet, items: locations.map(locationToWire), select });
  };

export const getNamedLocation =
  (stores: GraphStores): GraphHandler<'NamedLocations_Get'> =>
  async ({ context, parameters, query }) => {
    const location = await requireLocation(stores, context.caller.tenantId, parameters.id);
    return entityAnswer(context, { set: locationSet, entity: locationToWire(location), select: selectOf(query) });
  };

export const requireLocation = async (
  { conditionalAccess }: GraphStores,
  tenantId: Uuid,
  id: string,
): Promise<NamedLocation> => {
  const location = (await conditionalAccess.listLocations(tenantId)).find((each) => each.id === id.toLowerCase());
  if (location === undefined) throw notFound(id);
  return location;
};
