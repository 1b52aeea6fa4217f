import { armError } from '@holdfast/arm';
import type { ConditionalAccessPolicy, NamedLocation } from '@holdfast/directory';
import { newUuid, type Uuid } from '@holdfast/kernel';
import { done, entityAnswer } from '../answers/entity-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphDependencies, GraphStores } from '../stores.ts';
import { locationToWire, readRanges } from './location-wire.ts';
import { locationSet, requireLocation } from './read-locations.ts';

export const createNamedLocation =
  ({ conditionalAccess, random }: GraphDependencies): GraphHandler<'NamedLocations_Create'> =>
  async ({ context, body }) => {
    const location: NamedLocation = {
      id: newUuid(random),
      tenantId: context.caller.tenantId,
      displayName: body.displayName,
      isTrusted: body.isTrusted ?? false,
      ranges: readRanges(body.ipRanges),
      createdAt: context.now,
      modifiedAt: context.now,
    };
    await conditionalAccess.putLocation(location);
    return entityAnswer(context, { set: locationSet, entity: locationToWire(location), status: 201 });
  };

export const updateNamedLocation =
  (stores: GraphStores): GraphHandler<'NamedLocations_Update'> =>
  async ({ context, parameters, body }) => {
    const location = await requireLocation(stores, context.caller.tenantId, parameters.id);
    await stores.conditionalAccess.putLocation({
      ...location,
      displayName: body.displayName ?? location.displayName,
      isTrusted: body.isTrusted ?? location.isTrusted,
      ranges: body.ipRanges === undefined ? location.ranges : readRanges(body.ipRanges),
      modifiedAt: context.now,
    });
    return done;
  };

/** A policy that names a place which is no more would no longer say what it was meant to. */
export const deleteNamedLocation =
  (stores: GraphStores): GraphHandler<'NamedLocations_Delete'> =>
  async ({ context, parameters }) => {
    const { tenantId } = context.caller;
    const { id } = await requireLocation(stores, tenantId, parameters.id);
    const policies = await stores.conditionalAccess.listPolicies(tenantId);
    const user = policies.find((policy) => locationsIn(policy).includes(id));
    if (user !== undefined)
      throw armError('DirectoryBadRequest', {
        detail: `The named location cannot be deleted: the conditional access policy '${user.displayName}' refers to it.`,
      });
    await stores.conditionalAccess.deleteLocation(tenantId, id);
    return done;
  };

const locationsIn = ({ conditions: { locations }, grant }: ConditionalAccessPolicy): readonly (Uuid | string)[] => [
  ...(locations === undefined || locations.include === 'all' ? [] : locations.include),
  ...(locations?.exclude ?? []),
  ...(grant.kind === 'block'
    ? []
    : grant.controls.flatMap((each) => (each.kind === 'location' ? each.locationIds : []))),
];
