import { armError } from '@holdfast/arm';
import type { DirectoryContext } from '@holdfast/contracts';
import type { DirectoryObject, DirectoryObjectKind } from '@holdfast/directory';
import { parseUuid } from '@holdfast/kernel';
import { entityAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { selectOf } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { directoryObjectToWire } from './directory-object-wire.ts';
import { requireObject } from './require-object.ts';

const readActions: Readonly<Record<DirectoryObjectKind, string>> = {
  user: 'microsoft.directory/users/read',
  group: 'microsoft.directory/groups/read',
  servicePrincipal: 'microsoft.directory/servicePrincipals/read',
};

const mayRead = ({ may }: DirectoryContext, { kind }: DirectoryObject): boolean => may(readActions[kind]);

export const requireReadableObject = async (
  stores: GraphStores,
  context: DirectoryContext,
  id: string,
): Promise<DirectoryObject> => {
  const object = await requireObject(stores, context.caller.tenantId, id);
  if (!mayRead(context, object)) throw armError('DirectoryDenied', {});
  return object;
};

export const getDirectoryObject =
  (stores: GraphStores): GraphHandler<'DirectoryObjects_Get'> =>
  async ({ context, parameters, query }) => {
    const object = await requireReadableObject(stores, context, parameters.id);
    const entity = directoryObjectToWire(object);
    return entityAnswer(context, { set: 'directoryObjects', entity, select: selectOf(query) });
  };

/** Those of the ids that are somebody, of the kinds asked for and readable to the caller; az learns kinds from it. */
export const getDirectoryObjectsByIds =
  (stores: GraphStores): GraphHandler<'DirectoryObjects_GetByIds'> =>
  async ({ context, query, body }) => {
    const ids = body.ids.flatMap((text) => {
      const id = parseUuid(text);
      return id.ok ? [id.value] : [];
    });
    const wanted = body.types?.map((type) => type.toLowerCase());
    const found = await stores.objects.findAll(context.caller.tenantId, [...new Set(ids)]);
    const shown = found
      .filter(
        ({ kind }) => wanted === undefined || wanted.some((type) => type === kind.toLowerCase() || type === every),
      )
      .filter((object) => mayRead(context, object));
    const items = shown.map(directoryObjectToWire);
    return listAnswer(context, { set: 'directoryObjects', items, select: selectOf(query) });
  };

const every = 'directoryobject';
