import { listMyOwnedObjects } from '../directory-object/owned-objects.ts';
import type { GraphDependencies } from '../stores.ts';
import { revokeMySessions } from '../user/revoke-sessions.ts';
import { listMySoftwareOathMethods } from '../user/software-oath-methods.ts';
import { changeMyPassword } from './change-password.ts';
import { getMe } from './get-me.ts';
import { checkMyMemberGroups, getMyMemberGroups, listMyMemberOf, listMyTransitiveMemberOf } from './my-groups.ts';

export const meHandlers = (dependencies: GraphDependencies) => ({
  Me_Get: getMe(dependencies),
  Me_ListMemberOf: listMyMemberOf(dependencies),
  Me_ListTransitiveMemberOf: listMyTransitiveMemberOf(dependencies),
  Me_GetMemberGroups: getMyMemberGroups(dependencies),
  Me_CheckMemberGroups: checkMyMemberGroups(dependencies),
  Me_ListOwnedObjects: listMyOwnedObjects(dependencies),
  Me_ListSoftwareOathMethods: listMySoftwareOathMethods(dependencies),
  Me_ChangePassword: changeMyPassword(dependencies),
  Me_RevokeSignInSessions: revokeMySessions(dependencies),
});
