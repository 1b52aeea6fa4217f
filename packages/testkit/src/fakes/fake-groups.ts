import type { Group, GroupField, GroupStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { type FakeList, fakePage } from './fake-page.ts';
import type { FakeState } from './fake-state.ts';

export const fakeGroups = (state: FakeState): GroupStore => ({
  find: async (tenantId, id) => state.groups.find(isGroup(tenantId, id)),
  list: async (tenantId, query) => fakePage(listOfGroups(state, tenantId), query),
  insert: async (group) => state.groups.insert(group),
  update: async (group) => {
    const before = state.groups.find(isGroup(group.tenantId, group.id));
    if (before === undefined) return false;
    return state.groups.replace(isGroup(group.tenantId, group.id), { ...group, createdAt: before.createdAt });
  },
  delete: async (tenantId, id) => {
    state.members.remove((each) => each.tenantId === tenantId && (each.groupId === id || each.memberId === id));
    state.roles.remove((role) => role.tenantId === tenantId && role.principalId === id);
    return state.groups.remove(isGroup(tenantId, id)) > 0;
  },
});

const isGroup = (tenantId: Uuid, id: Uuid) => (group: Group) => group.tenantId === tenantId && group.id === id;

export const listOfGroups = (state: FakeState, tenantId: Uuid): FakeList<Group, GroupField> => ({
  items: state.groups.all().filter((group) => group.tenantId === tenantId),
  fields: { displayName: (group) => group.displayName, mailNickname: (group) => group.mailNickname },
  placeOf: (group) => ({ at: group.createdAt, id: group.id }),
});
