import { armError } from '@holdfast/arm';
import type { Answer, DirectoryContext } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import { done } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { parseListQuery } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { directoryObjectToWire } from './directory-object-wire.ts';
import { type Reference, referencedObject } from './referenced-object.ts';
import { idOf, notFound } from './require-object.ts';

type OwnerStores = Pick<GraphStores, 'objects' | 'owners'>;

export const listOwners = async (
  { owners }: OwnerStores,
  { context, query }: { readonly context: DirectoryContext; readonly query: ReadonlyMap<string, string> },
  objectId: Uuid,
): Promise<Answer> => {
  const { select } = parseListQuery(query);
  const found = await owners.listOwners(context.caller.tenantId, objectId);
  return listAnswer(context, { set: 'directoryObjects', items: found.map(directoryObjectToWire), select });
};

/** People and programs can own; az asks first whether one does, and expects an error otherwise. */
export const addOwner = async (
  stores: OwnerStores,
  { context, body }: { readonly context: DirectoryContext; readonly body: Reference['body'] },
  objectId: Uuid,
): Promise<Answer> => {
  const { tenantId } = context.caller;
  const owner = await referencedObject(stores, { tenantId, body, kinds: ['user', 'servicePrincipal'] });
  if (await stores.owners.add({ tenantId, objectId, ownerId: owner.id })) return done;
  throw armError('DirectoryReferenceExists', { property: 'owners' });
};

export const removeOwner = async (
  { owners }: OwnerStores,
  { context, ownerId }: { readonly context: DirectoryContext; readonly ownerId: string },
  objectId: Uuid,
): Promise<Answer> => {
  const { tenantId } = context.caller;
  if (await owners.remove({ tenantId, objectId, ownerId: idOf(ownerId) })) return done;
  throw notFound(ownerId);
};
