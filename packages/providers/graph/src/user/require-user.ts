import type { User, UserStore } from '@holdfast/directory';
import { parseUuid, type Uuid } from '@holdfast/kernel';
import { notFound } from '../directory-object/require-object.ts';

export interface UserKey {
  readonly tenantId: Uuid;
  /** An object id or a user principal name. */
  readonly key: string;
  readonly lock?: boolean;
}

/** The user, or the error that says that there is none. `lock` keeps others from changing it meanwhile. */
export const requireUser = async (
  { users }: { readonly users: UserStore },
  { tenantId, key, lock = false }: UserKey,
): Promise<User> => {
  const id = parseUuid(key);
  const named = id.ok ? undefined : await users.findByName(tenantId, key);
  const userId = id.ok ? id.value : named?.id;
  if (named !== undefined && !lock) return named;
  const user = userId && (await users.find(tenantId, userId, { lock }));
  if (user === undefined) throw notFound(key);
  return user;
};
