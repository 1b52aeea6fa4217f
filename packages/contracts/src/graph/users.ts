import { type Static, Type } from 'typebox';
import { operation } from '../operation.ts';
import { displayName, flag, known, nullable } from './fields.ts';
import { checkMemberGroupsBody, getMemberGroupsBody } from './member-groups.ts';
import { asks, creates, deletes, reads, updates } from './operations.ts';

const all = '/v1.0/users';
const one = `${all}/{id}` as const;
const read = 'microsoft.directory/users/read';

const password = Type.String({ maxLength: 1024 });
const passwordProfile = {
  forceChangePasswordNextSignIn: flag,
  forceChangePasswordNextSignInWithMfa: flag,
};
const userName = Type.String({ minLength: 3, maxLength: 113 });
const text = nullable({ maxLength: 256 });
const profile = {
  givenName: text,
  surname: text,
  mail: text,
  jobTitle: text,
  department: text,
  officeLocation: text,
  mobilePhone: text,
  preferredLanguage: text,
};

export const userBody = known({
  accountEnabled: Type.Boolean(),
  displayName,
  mailNickname: Type.String({ minLength: 1, maxLength: 64 }),
  userPrincipalName: userName,
  passwordProfile: known({ password, ...passwordProfile }),
  ...profile,
});
export const userPatchBody = known({
  accountEnabled: flag,
  displayName: Type.Optional(displayName),
  mailNickname: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  userPrincipalName: Type.Optional(userName),
  passwordProfile: Type.Optional(known({ password: Type.Optional(password), ...passwordProfile })),
  ...profile,
});
export type UserPatch = Static<typeof userPatchBody>;

export const userOperations = {
  Users_List: operation({ id: 'Users_List', ...reads, path: all, action: read }),
  Users_Create: operation({
    id: 'Users_Create',
    ...creates,
    path: all,
    action: 'microsoft.directory/users/create',
    body: userBody,
  }),
  Users_Get: operation({ id: 'Users_Get', ...reads, path: one, action: read }),
  /** A password, or switching the account on or off, needs an action of its own besides. */
  Users_Update: operation({
    id: 'Users_Update',
    ...updates,
    path: one,
    action: 'microsoft.directory/users/update',
    body: userPatchBody,
  }),
  Users_Delete: operation({
    id: 'Users_Delete',
    ...deletes,
    path: one,
    action: 'microsoft.directory/users/delete',
  }),
  Users_ListMemberOf: operation({ id: 'Users_ListMemberOf', ...reads, path: `${one}/memberOf`, action: read }),
  Users_ListTransitiveMemberOf: operation({
    id: 'Users_ListTransitiveMemberOf',
    ...reads,
    path: `${one}/transitiveMemberOf`,
    action: read,
  }),
  Users_GetMemberGroups: operation({
    id: 'Users_GetMemberGroups',
    ...asks,
    path: `${one}/getMemberGroups`,
    action: read,
    body: getMemberGroupsBody,
  }),
  Users_CheckMemberGroups: operation({
    id: 'Users_CheckMemberGroups',
    ...asks,
    path: `${one}/checkMemberGroups`,
    action: read,
    body: checkMemberGroupsBody,
  }),
  Users_ListOwnedObjects: operation({
    id: 'Users_ListOwnedObjects',
    ...reads,
    path: `${one}/ownedObjects`,
    action: read,
  }),
  Users_RevokeSignInSessions: operation({
    id: 'Users_RevokeSignInSessions',
    ...creates,
    path: `${one}/revokeSignInSessions`,
    action: 'microsoft.directory/users/invalidateAllRefreshTokens',
  }),
  Users_ListSoftwareOathMethods: operation({
    id: 'Users_ListSoftwareOathMethods',
    ...reads,
    path: `${one}/authentication/softwareOathMethods`,
    action: 'microsoft.directory/users/authenticationMethods/read',
  }),
  Users_DeleteSoftwareOathMethod: operation({
    id: 'Users_DeleteSoftwareOathMethod',
    ...deletes,
    path: `${one}/authentication/softwareOathMethods/{methodId}`,
    action: 'microsoft.directory/users/authenticationMethods/delete',
  }),
} as const;
