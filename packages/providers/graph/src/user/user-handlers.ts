import { listUserOwnedObjects } from '../directory-object/owned-objects.ts';
import type { GraphDependencies } from '../stores.ts';
import { createUser } from './create-user.ts';
import { deleteUser } from './delete-user.ts';
import { getUser } from './get-user.ts';
import { listUsers } from './list-users.ts';
import { revokeUserSessions } from './revoke-sessions.ts';
import { deleteSoftwareOathMethod, listSoftwareOathMethods } from './software-oath-methods.ts';
import { updateUser } from './update-user.ts';
import {
  checkUserMemberGroups,
  getUserMemberGroups,
  listUserMemberOf,
  listUserTransitiveMemberOf,
} from './user-groups.ts';

export const userHandlers = (dependencies: GraphDependencies) => ({
  Users_List: listUsers(dependencies),
  Users_Create: createUser(dependencies),
  Users_Get: getUser(dependencies),
  Users_Update: updateUser(dependencies),
  Users_Delete: deleteUser(dependencies),
  Users_ListMemberOf: listUserMemberOf(dependencies),
  Users_ListTransitiveMemberOf: listUserTransitiveMemberOf(dependencies),
  Users_GetMemberGroups: getUserMemberGroups(dependencies),
  Users_CheckMemberGroups: checkUserMemberGroups(dependencies),
  Users_ListOwnedObjects: listUserOwnedObjects(dependencies),
  Users_RevokeSignInSessions: revokeUserSessions(dependencies),
  Users_ListSoftwareOathMethods: listSoftwareOathMethods(dependencies),
  Users_DeleteSoftwareOathMethod: deleteSoftwareOathMethod(dependencies),
});
