import type { ExternalIdentity, User, UserField, UserStore } from '@holdfast/directory';
import { latest, type Uuid } from '@holdfast/kernel';
import { type FakeList, fakePage } from './fake-page.ts';
import type { FakeState } from './fake-state.ts';
import { sameBytes, sameName } from './fake-table.ts';

export const fakeUsers = (state: FakeState): UserStore => ({
  find: async (tenantId, id) => state.users.find(isUser(tenantId, id)),
  findByName: async (tenantId, name) =>
    state.users.find((user) => user.tenantId === tenantId && sameName(user.userPrincipalName, name)),
  findByExternal: async (tenantId, external) =>
    state.users.find((user) => user.tenantId === tenantId && isSame(user.external, external)),
  list: async (tenantId, query) => fakePage(listOf(state, tenantId), query),
  insert: async (user) => {
    if (state.users.find((other) => collides(user, other))) return false;
    state.users.insert(user);
    return true;
  },
  update: async (user) => update(state, user),
  delete: async (tenantId, id) => deleteUser(state, tenantId, id),
  claimTotpStep: async (tenantId, id, step) => {
    const user = state.users.find(isUser(tenantId, id));
    if (user?.totp === undefined || user.totp.lastStep >= step) return false;
    return state.users.replace(isUser(tenantId, id), { ...user, totp: { ...user.totp, lastStep: step } });
  },
});

const isUser = (tenantId: Uuid, id: Uuid) => (user: User) => user.tenantId === tenantId && user.id === id;

const isSame = (one: ExternalIdentity | undefined, other: ExternalIdentity | undefined): boolean =>
  one !== undefined && one.providerId === other?.providerId && one.subject === other.subject;

const collides = (user: User, other: User): boolean =>
  user.tenantId === other.tenantId &&
  (user.id === other.id ||
    sameName(user.userPrincipalName, other.userPrincipalName) ||
    isSame(user.external, other.external));

const listOf = (state: FakeState, tenantId: Uuid): FakeList<User, UserField> => ({
  items: state.users.all().filter((user) => user.tenantId === tenantId),
  fields: {
    userPrincipalName: (user) => user.userPrincipalName,
    displayName: (user) => user.displayName,
    mail: (user) => user.profile.mail,
    mailNickname: (user) => user.profile.mailNickname,
    accountEnabled: (user) => user.enabled,
  },
  placeOf: (user) => ({ at: user.createdAt, id: user.id }),
});

const update = (state: FakeState, user: User): boolean => {
  const before = state.users.find(isUser(user.tenantId, user.id));
  if (before === undefined) return false;
  if (state.users.find((other) => other.id !== user.id && collides(user, other))) return false;
  return state.users.replace(isUser(user.tenantId, user.id), {
    ...user,
    totp: totpAfter(before, user),
    tokensValidFrom: latest(before.tokensValidFrom, user.tokensValidFrom),
    createdAt: before.createdAt,
  });
};

const totpAfter = (before: User, user: User): User['totp'] => {
  const same = before.totp && user.totp && sameBytes(before.totp.sealedSecret, user.totp.sealedSecret);
  if (!same || !before.totp || !user.totp) return user.totp;
  return { ...user.totp, lastStep: Math.max(before.totp.lastStep, user.totp.lastStep) };
};

const deleteUser = (state: FakeState, tenantId: Uuid, id: Uuid): boolean => {
  if (state.users.remove(isUser(tenantId, id)) === 0) return false;
  const isTheirs = (about: { readonly tenantId: Uuid; readonly userId?: Uuid | undefined }) =>
    about.tenantId === tenantId && about.userId === id;
  state.members.remove((member) => member.tenantId === tenantId && member.memberId === id);
  state.roles.remove((role) => role.tenantId === tenantId && role.principalId === id);
  state.consents.remove(isTheirs);
  state.sessions.remove(isTheirs);
  state.codes.remove(({ code }) => isTheirs(code.grant));
  state.families.remove((family) => isTheirs(family.grant));
  state.deviceCodes.remove(({ decision }) =>
    decision === undefined ? false : isTheirs(decision.kind === 'approved' ? decision.grant : decision),
  );
  return true;
};
