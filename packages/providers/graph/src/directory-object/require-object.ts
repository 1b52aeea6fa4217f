import { armError } from '@holdfast/arm';
import type { DirectoryObject } from '@holdfast/directory';
import { parseUuid, type Uuid } from '@holdfast/kernel';
import type { DirectoryObjectReader } from '../stores.ts';

export const notFound = (id: string): Error => armError('DirectoryObjectNotFound', { id });

/** An id in a path or a body. What is no id is the id of nothing. */
export const idOf = (text: string): Uuid => {
  const id = parseUuid(text);
  if (!id.ok) throw notFound(text);
  return id.value;
};

/** A user, group or service principal of the tenant. */
export const requireObject = async (
  { objects }: { readonly objects: DirectoryObjectReader },
  tenantId: Uuid,
  text: string,
): Promise<DirectoryObject> => {
  const id = idOf(text);
  const [object] = await objects.findAll(tenantId, [id]);
  if (object === undefined) throw notFound(text);
  return object;
};
