import type { DirectoryContext } from '@holdfast/contracts';
import type { Group, GroupStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { guardPrincipal } from '../access/directory-guard.ts';
import { idOf, notFound } from '../directory-object/require-object.ts';
import type { GraphStores } from '../stores.ts';

export interface GroupQuestion {
  readonly tenantId: Uuid;
  readonly key: string;
  readonly lock?: boolean;
}

/** The group, or the error that says that there is none. `lock` keeps others from changing it meanwhile. */
export const requireGroup = async (
  { groups }: { readonly groups: GroupStore },
  { tenantId, key, lock = false }: GroupQuestion,
): Promise<Group> => {
  const group = await groups.find(tenantId, idOf(key), { lock });
  if (group === undefined) throw notFound(key);
  return group;
};

/** A group to be changed: one that holds a directory role makes administrators of its members. */
export const requireGuardedGroup = async (
  stores: GraphStores,
  context: DirectoryContext,
  key: string,
): Promise<Group> => {
  const group = await requireGroup(stores, { tenantId: context.caller.tenantId, key, lock: true });
  await guardPrincipal(stores, context, group.id);
  return group;
};
