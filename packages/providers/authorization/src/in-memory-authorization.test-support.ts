import { scopeCovers } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { Places } from './place/places.ts';
import type { PrincipalType } from './principals.ts';
import type {
  NewRoleAssignment,
  RoleAssignment,
  RoleAssignmentQuery,
  RoleAssignmentStore,
} from './role-assignment/role-assignment.ts';

export interface InMemoryDirectory {
  readonly kinds: ReadonlyMap<Uuid, PrincipalType>;
  /** The groups that each principal is in, through others as well. */
  readonly groups: ReadonlyMap<Uuid, readonly Uuid[]>;
}

export const createInMemoryAssignments = (
  directory: InMemoryDirectory,
  seed: readonly NewRoleAssignment[] = [],
): RoleAssignmentStore & { all(): readonly RoleAssignment[] } => {
  const assignments = new Map<string, RoleAssignment>();
  const keyOf = ({ tenantId, id }: { tenantId: Uuid; id: Uuid }) => `${tenantId}/${id}`;
  const complete = (made: NewRoleAssignment): RoleAssignment => ({
    place: made.scope,
    description: undefined,
    ...made,
    principalType: directory.kinds.get(made.principalId),
    updatedAt: made.createdAt,
    updatedBy: made.createdBy,
  });
  const equal = (a: NewRoleAssignment, b: Omit<NewRoleAssignment, 'id' | 'createdAt' | 'createdBy'>) =>
    a.tenantId === b.tenantId && a.principalId === b.principalId && a.roleId === b.roleId && a.scope === b.scope;
  for (const each of seed) assignments.set(keyOf(each), complete(each));
  const all = () => [...assignments.values()];
  return {
    all,
    find: async (tenantId, id) => assignments.get(keyOf({ tenantId, id })),
    findEqual: async (grant) => all().find((each) => equal(each, grant))?.id,
    list: async (query) => all().filter(fits(query, directory)).sort(byId).slice(0, query.limit),
    insert: async (made) => {
      const free = !assignments.has(keyOf(made)) && !all().some((each) => equal(each, made));
      if (free) assignments.set(keyOf(made), complete(made));
      return free;
    },
    update: async (changed) => void assignments.set(keyOf(changed), changed),
    delete: async (tenantId, id) => assignments.delete(keyOf({ tenantId, id })),
  };
};

const byId = (a: RoleAssignment, b: RoleAssignment) => (a.id < b.id ? -1 : 1);

const fits = (query: RoleAssignmentQuery, { groups }: InMemoryDirectory) => {
  const { holder } = query;
  const holders = holder && [holder.principalId, ...((holder.throughGroups && groups.get(holder.principalId)) || [])];
  return ({ tenantId, id, scope, principalId }: RoleAssignment): boolean =>
    tenantId === query.tenantId &&
    id > (query.after ?? '') &&
    (scopeCovers(scope, query.scope) || (query.below && scopeCovers(query.scope, scope))) &&
    (holders?.includes(principalId) ?? true) &&
    (query.within?.some((visible) => scopeCovers(visible, scope)) ?? true);
};

/** Subscriptions, groups and resources that exist, by their scopes in lower case. */
export const createInMemoryPlaces = (
  tenantId: Uuid,
  scopes: readonly string[],
  disabled: readonly string[] = [],
): Places & { readonly locked: string[] } => {
  const locked: string[] = [];
  const has = (tenant: Uuid, scope: string, lock = false): boolean => {
    if (lock) locked.push(scope);
    return tenant === tenantId && scopes.includes(scope);
  };
  return {
    locked,
    findSubscription: async (tenant, id) =>
      has(tenant, `/subscriptions/${id}`)
        ? { state: disabled.includes(`/subscriptions/${id}`) ? 'Disabled' : 'Enabled' }
        : undefined,
    findGroup: async (tenant, id, options) =>
      has(tenant, `/subscriptions/${id.subscriptionId}/resourcegroups/${id.group.key}`, options?.lock) ? id : undefined,
    hasResource: async (tenant, { groupId, namespace, types, names }, options) => {
      const group = `/subscriptions/${groupId.subscriptionId}/resourcegroups/${groupId.group.key}`;
      const way = types.map((type, at) => `${type}/${names[at]?.key}`).join('/');
      return has(tenant, `${group}/providers/${namespace}/${way}`.toLowerCase(), options?.lock);
    },
  };
};
