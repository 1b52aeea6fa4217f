import type {
  ConditionalAccessPolicy,
  ConditionalAccessStore,
  Consent,
  ConsentStore,
  DirectoryObject,
  DirectoryRoleAssignment,
  DirectoryRoleStore,
  Group,
  GroupStore,
  Membership,
  MembershipStore,
  NamedLocation,
  OwnerStore,
  Ownership,
  SignIn,
  SignInStore,
} from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { DirectoryObjectReader, GraphStores } from '../stores.ts';
import { createTable, pageOf } from './table.test-support.ts';

type Objects = Pick<GraphStores, 'users' | 'groups' | 'servicePrincipals'>;

export const createInMemoryObjects = ({ users, groups, servicePrincipals }: Objects): DirectoryObjectReader => ({
  findAll: async (tenantId, ids) => {
    const found = await Promise.all(
      ids.map(async (id): Promise<DirectoryObject | undefined> => {
        const user = await users.find(tenantId, id);
        if (user !== undefined) {
          const { displayName, userPrincipalName } = user;
          return { kind: 'user', id, displayName, userPrincipalName };
        }
        const group = await groups.find(tenantId, id);
        if (group !== undefined) return { kind: 'group', id, displayName: group.displayName };
        const principal = await servicePrincipals.find(tenantId, id);
        return (
          principal && { kind: 'servicePrincipal', id, displayName: principal.displayName, appId: principal.appId }
        );
      }),
    );
    return found.filter((each) => each !== undefined);
  },
});

export const createInMemoryMemberships = (groups: GroupStore, objects: DirectoryObjectReader): MembershipStore => {
  const all: Membership[] = [];
  const at = (one: Membership) =>
    all.findIndex(({ groupId, memberId }) => groupId === one.groupId && memberId === one.memberId);
  const reach = (from: Uuid, next: (id: Uuid) => readonly Uuid[], transitive: boolean): readonly Uuid[] => {
    const seen = new Set(next(from));
    if (transitive) for (const id of seen) for (const further of next(id)) seen.add(further);
    return [...seen];
  };
  return {
    add: async (one) => at(one) === -1 && all.push(one) > 0,
    remove: async (one) => at(one) !== -1 && all.splice(at(one), 1).length > 0,
    listMembers: async (tenantId, groupId, { transitive }) => {
      const within = (id: Uuid) => all.filter((each) => each.groupId === id).map(({ memberId }) => memberId);
      return objects.findAll(tenantId, reach(groupId, within, transitive));
    },
    listGroupsOf: async (tenantId, member, { transitive }) => {
      const around = (id: Uuid) => all.filter((each) => each.memberId === id).map(({ groupId }) => groupId);
      const found = await Promise.all(reach(member, around, transitive).map((id) => groups.find(tenantId, id)));
      return found.filter((group): group is Group => group !== undefined);
    },
  };
};

export const createInMemoryOwners = (objects: DirectoryObjectReader): OwnerStore => {
  const all: Ownership[] = [];
  const at = (one: Ownership) =>
    all.findIndex(
      ({ tenantId, objectId, ownerId }) =>
        tenantId === one.tenantId && objectId === one.objectId && ownerId === one.ownerId,
    );
  return {
    add: async (one) => at(one) === -1 && all.push(one) > 0,
    remove: async (one) => at(one) !== -1 && all.splice(at(one), 1).length > 0,
    isOwner: async (one) => at(one) !== -1,
    listOwners: async (tenantId, objectId) =>
      objects.findAll(
        tenantId,
        all.filter((each) => each.tenantId === tenantId && each.objectId === objectId).map(({ ownerId }) => ownerId),
      ),
    listOwned: async (tenantId, ownerId) =>
      all.filter((each) => each.tenantId === tenantId && each.ownerId === ownerId).map(({ objectId }) => objectId),
  };
};

export const createInMemoryRoles = (
  memberships: MembershipStore,
  objects: DirectoryObjectReader,
): DirectoryRoleStore => {
  const all: DirectoryRoleAssignment[] = [];
  return {
    assign: async (assignment) => void all.push(assignment),
    unassign: async (tenantId, { principalId, roleId }) => {
      const at = all.findIndex(
        (each) => each.tenantId === tenantId && each.principalId === principalId && each.roleId === roleId,
      );
      return at !== -1 && all.splice(at, 1).length > 0;
    },
    listOfPrincipal: async (tenantId, principalId) => {
      const groups = await memberships.listGroupsOf(tenantId, principalId, { transitive: true });
      const holders = [principalId, ...groups.map(({ id }) => id)];
      return all
        .filter((each) => each.tenantId === tenantId && holders.includes(each.principalId))
        .map(({ roleId }) => roleId);
    },
    listHolders: async (tenantId, roleId) =>
      objects.findAll(
        tenantId,
        all.filter((each) => each.tenantId === tenantId && each.roleId === roleId).map((each) => each.principalId),
      ),
  };
};

export const createInMemoryConsents = (): ConsentStore => {
  const table = createTable<Consent>();
  return {
    listOf: async (tenantId, { appId, userId }) =>
      table
        .all(tenantId)
        .filter((each) => each.appId === appId && (each.userId === undefined || each.userId === userId)),
    list: async (tenantId) => table.all(tenantId),
    put: async (consent) => table.put(consent),
    delete: async (tenantId, id) => table.delete(tenantId, id),
  };
};

export const createInMemoryConditionalAccess = (): ConditionalAccessStore => {
  const policies = createTable<ConditionalAccessPolicy>();
  const locations = createTable<NamedLocation>();
  return {
    listPolicies: async (tenantId) => policies.all(tenantId),
    putPolicy: async (policy) => policies.put(policy),
    deletePolicy: async (tenantId, id) => policies.delete(tenantId, id),
    listLocations: async (tenantId) => locations.all(tenantId),
    putLocation: async (location) => locations.put(location),
    deleteLocation: async (tenantId, id) => locations.delete(tenantId, id),
  };
};

export const createInMemorySignIns = (signIns: readonly SignIn[]): Pick<SignInStore, 'list'> => ({
  list: async (tenantId, { outcome, from, to, ...query }) =>
    pageOf(
      signIns.filter(
        (each) =>
          each.tenantId === tenantId &&
          (outcome === undefined || (each.outcome.code === 0) === (outcome === 'succeeded')) &&
          (from === undefined || each.at >= from) &&
          (to === undefined || each.at <= to),
      ),
      query,
      ({ id, app, principal, address, correlationId }, field) => {
        const isProgram = principal.kind === 'servicePrincipal';
        const values = {
          id,
          correlationId,
          appId: app.appId,
          ipAddress: address,
          userId: isProgram ? undefined : principal.id,
          servicePrincipalId: isProgram ? principal.id : undefined,
          userPrincipalName: principal.name,
        };
        return [values[field]];
      },
    ),
});
