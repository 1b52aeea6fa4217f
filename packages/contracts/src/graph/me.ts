import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { known } from './fields.ts';
import { checkMemberGroupsBody, getMemberGroupsBody } from './member-groups.ts';
import { asks, creates, reads } from './operations.ts';

const me = '/v1.0/me';
const read = 'microsoft.directory/me/read';
const password = Type.String({ maxLength: 1024 });

export const changePasswordBody = known({ currentPassword: password, newPassword: password });

/** The signed-in person. A lost second factor is not theirs to take away: whoever stole a token would do the same. */
export const meOperations = {
  Me_Get: operation({ id: 'Me_Get', ...reads, path: me, action: read }),
  Me_ListMemberOf: operation({ id: 'Me_ListMemberOf', ...reads, path: `${me}/memberOf`, action: read }),
  Me_ListTransitiveMemberOf: operation({
    id: 'Me_ListTransitiveMemberOf',
    ...reads,
    path: `${me}/transitiveMemberOf`,
    action: read,
  }),
  Me_GetMemberGroups: operation({
    id: 'Me_GetMemberGroups',
    ...asks,
    path: `${me}/getMemberGroups`,
    action: read,
    body: getMemberGroupsBody,
  }),
  Me_CheckMemberGroups: operation({
    id: 'Me_CheckMemberGroups',
    ...asks,
    path: `${me}/checkMemberGroups`,
    action: read,
    body: checkMemberGroupsBody,
  }),
  Me_ListOwnedObjects: operation({ id: 'Me_ListOwnedObjects', ...reads, path: `${me}/ownedObjects`, action: read }),
  Me_ListSoftwareOathMethods: operation({
    id: 'Me_ListSoftwareOathMethods',
    ...reads,
    path: `${me}/authentication/softwareOathMethods`,
    action: 'microsoft.directory/me/authenticationMethods/read',
  }),
  Me_ChangePassword: operation({
    id: 'Me_ChangePassword',
    ...creates,
    path: `${me}/changePassword`,
    action: 'microsoft.directory/me/password/update',
    body: changePasswordBody,
  }),
  Me_RevokeSignInSessions: operation({
    id: 'Me_RevokeSignInSessions',
    ...creates,
    path: `${me}/revokeSignInSessions`,
    action: 'microsoft.directory/me/invalidateAllRefreshTokens',
  }),
} as const;
