import type { DirectoryObject, Membership, MembershipStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { listOfGroups } from './fake-groups.ts';
import { inOrder } from './fake-page.ts';
import type { FakeState } from './fake-state.ts';

export const fakeMemberships = (state: FakeState): MembershipStore => ({
  add: async (membership) => {
    if (state.members.find(isSame(membership))) return false;
    const { tenantId, groupId } = membership;
    if (!state.groups.find((group) => group.tenantId === tenantId && group.id === groupId))
      throw new Error('there is no such group in the tenant');
    state.members.insert(membership);
    return true;
  },
  remove: async (membership) => state.members.remove(isSame(membership)) > 0,
  listMembers: async (tenantId, groupId, { transitive }) => {
    const step = (id: Uuid) => linksOf(state, tenantId, (link) => link.groupId === id).map((link) => link.memberId);
    return objectsOf(state, tenantId, transitive ? reach(groupId, step) : new Set(step(groupId)));
  },
  listGroupsOf: async (tenantId, memberId, { transitive }) => {
    const ids = transitive ? groupIdsOf(state, tenantId, memberId) : new Set(holdersOf(state, tenantId)(memberId));
    return inOrder(listOfGroups(state, tenantId)).filter((group) => ids.has(group.id));
  },
});

/** Of all groups that hold it, by however many others. */
export const groupIdsOf = (state: FakeState, tenantId: Uuid, memberId: Uuid): ReadonlySet<Uuid> =>
  reach(memberId, holdersOf(state, tenantId));

/** Users and groups; the fakes know no programs. */
export const objectsOf = (state: FakeState, tenantId: Uuid, ids: ReadonlySet<Uuid>): readonly DirectoryObject[] => {
  const all = [
    ...state.users.all().map((user) => ({ of: user, kind: 'user' as const, ...nameOf(user) })),
    ...state.groups.all().map((group) => ({ of: group, kind: 'group' as const })),
  ].filter(({ of }) => of.tenantId === tenantId && ids.has(of.id));
  const placeOf = ({ of }: (typeof all)[number]) => ({ at: of.createdAt, id: of.id });
  return inOrder({ items: all, fields: {}, placeOf }).map(({ of, kind, ...rest }) => ({
    kind,
    id: of.id,
    displayName: of.displayName,
    ...rest,
  }));
};

const nameOf = ({
  userPrincipalName,
  profile: { mail },
}: {
  userPrincipalName: string;
  profile: { mail?: string };
}) => ({
  userPrincipalName,
  ...(mail !== undefined && { mail }),
});

const isSame = (one: Membership) => (other: Membership) =>
  one.tenantId === other.tenantId && one.groupId === other.groupId && one.memberId === other.memberId;

const linksOf = (state: FakeState, tenantId: Uuid, matches: (link: Membership) => boolean) =>
  state.members.all().filter((link) => link.tenantId === tenantId && matches(link));

const holdersOf = (state: FakeState, tenantId: Uuid) => (id: Uuid) =>
  linksOf(state, tenantId, (link) => link.memberId === id).map((link) => link.groupId);

/** Everything that steps from `start` lead to, and not `start` itself. */
const reach = (start: Uuid, step: (id: Uuid) => readonly Uuid[]): ReadonlySet<Uuid> => {
  const found = new Set<Uuid>();
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
    for (const next of step(id)) {
      if (next === start || found.has(next)) continue;
      found.add(next);
      waiting.push(next);
    }
  return found;
};
