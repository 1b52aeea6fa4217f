import { armError } from '@holdfast/arm';
import type { DirectoryObject, DirectoryObjectKind } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { DirectoryObjectReader } from '../stores.ts';
import { requireObject } from './require-object.ts';

export interface Reference {
  readonly tenantId: Uuid;
  readonly body: { readonly '@odata.id': string };
  /** What may be pointed at here. */
  readonly kinds: readonly DirectoryObjectKind[];
}

const pattern = /(?:^|\/)(?:directoryObjects|users|groups|servicePrincipals)\/([0-9a-f-]{36})\/?$/i;

/** What a `$ref` body points at. The address's origin does not count: clients build it from what they were configured with. */
export const referencedObject = async (
  stores: { readonly objects: DirectoryObjectReader },
  { tenantId, body, kinds }: Reference,
): Promise<DirectoryObject> => {
  const id = pattern.exec(body['@odata.id'])?.[1];
  if (id === undefined)
    throw armError('DirectoryBadRequest', {
      detail: "'@odata.id' must be the address of a directory object, such as '…/v1.0/directoryObjects/{id}'.",
    });
  const object = await requireObject(stores, tenantId, id);
  if (kinds.includes(object.kind)) return object;
  throw armError('DirectoryBadRequest', { detail: `A ${object.kind} cannot be referred to here.` });
};
