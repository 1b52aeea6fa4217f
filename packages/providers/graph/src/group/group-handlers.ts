import type { GraphDependencies } from '../stores.ts';
import {
  checkGroupMemberGroups,
  getGroupMemberGroups,
  listGroupMemberOf,
  listGroupTransitiveMemberOf,
} from './group-member-of.ts';
import { addGroupMember, listGroupMembers, listGroupTransitiveMembers, removeGroupMember } from './group-members.ts';
import { addGroupOwner, listGroupOwners, removeGroupOwner } from './group-owners.ts';
import { getGroup, listGroups } from './read-groups.ts';
import { createGroup, deleteGroup, updateGroup } from './write-groups.ts';

export const groupHandlers = (dependencies: GraphDependencies) => ({
  Groups_List: listGroups(dependencies),
  Groups_Create: createGroup(dependencies),
  Groups_Get: getGroup(dependencies),
  Groups_Update: updateGroup(dependencies),
  Groups_Delete: deleteGroup(dependencies),
  Groups_ListMembers: listGroupMembers(dependencies),
  Groups_ListTransitiveMembers: listGroupTransitiveMembers(dependencies),
  Groups_AddMember: addGroupMember(dependencies),
  Groups_RemoveMember: removeGroupMember(dependencies),
  Groups_ListOwners: listGroupOwners(dependencies),
  Groups_AddOwner: addGroupOwner(dependencies),
  Groups_RemoveOwner: removeGroupOwner(dependencies),
  Groups_ListMemberOf: listGroupMemberOf(dependencies),
  Groups_ListTransitiveMemberOf: listGroupTransitiveMemberOf(dependencies),
  Groups_GetMemberGroups: getGroupMemberGroups(dependencies),
  Groups_CheckMemberGroups: checkGroupMemberGroups(dependencies),
});
