import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { displayName, flag, known, nullable, reference } from './fields.ts';
import { checkMemberGroupsBody, getMemberGroupsBody } from './member-groups.ts';
import { asks, creates, deletes, reads, updates } from './operations.ts';

const all = '/v1.0/groups';
const one = `${all}/{id}` as const;
const owned = { ownedBy: 'group' } as const;
const read = 'microsoft.directory/groups/read';
const changeMembers = 'microsoft.directory/groups/members/update';
const changeOwners = 'microsoft.directory/groups/owners/update';

const mailNickname = Type.String({ minLength: 1, maxLength: 64 });
const description = nullable({ maxLength: 1024 });

export const groupBody = known({
  displayName,
  mailNickname,
  description,
  mailEnabled: Type.Boolean(),
  securityEnabled: Type.Boolean(),
  groupTypes: Type.Optional(Type.Array(Type.String(), { maxItems: 8 })),
});
export const groupPatchBody = known({
  displayName: Type.Optional(displayName),
  mailNickname: Type.Optional(mailNickname),
  description,
  mailEnabled: flag,
  securityEnabled: flag,
});

export const groupOperations = {
  Groups_List: operation({ id: 'Groups_List', ...reads, path: all, action: read }),
  Groups_Create: operation({
    id: 'Groups_Create',
    ...creates,
    path: all,
    action: 'microsoft.directory/groups/create',
    body: groupBody,
  }),
  Groups_Get: operation({ id: 'Groups_Get', ...reads, ...owned, path: one, action: read }),
  Groups_Update: operation({
    id: 'Groups_Update',
    ...updates,
    ...owned,
    path: one,
    action: 'microsoft.directory/groups/update',
    body: groupPatchBody,
  }),
  Groups_Delete: operation({
    id: 'Groups_Delete',
    ...deletes,
    ...owned,
    path: one,
    action: 'microsoft.directory/groups/delete',
  }),
  Groups_ListMembers: operation({
    id: 'Groups_ListMembers',
    ...reads,
    ...owned,
    path: `${one}/members`,
    action: read,
  }),
  Groups_ListTransitiveMembers: operation({
    id: 'Groups_ListTransitiveMembers',
    ...reads,
    ...owned,
    path: `${one}/transitiveMembers`,
    action: read,
  }),
  Groups_AddMember: operation({
    id: 'Groups_AddMember',
    ...creates,
    ...owned,
    path: `${one}/members/$ref`,
    action: changeMembers,
    body: reference,
  }),
  Groups_RemoveMember: operation({
    id: 'Groups_RemoveMember',
    ...deletes,
    ...owned,
    path: `${one}/members/{memberId}/$ref`,
    action: changeMembers,
  }),
  Groups_ListOwners: operation({ id: 'Groups_ListOwners', ...reads, ...owned, path: `${one}/owners`, action: read }),
  Groups_AddOwner: operation({
    id: 'Groups_AddOwner',
    ...creates,
    ...owned,
    path: `${one}/owners/$ref`,
    action: changeOwners,
    body: reference,
  }),
  Groups_RemoveOwner: operation({
    id: 'Groups_RemoveOwner',
    ...deletes,
    ...owned,
    path: `${one}/owners/{ownerId}/$ref`,
    action: changeOwners,
  }),
  Groups_ListMemberOf: operation({ id: 'Groups_ListMemberOf', ...reads, path: `${one}/memberOf`, action: read }),
  Groups_ListTransitiveMemberOf: operation({
    id: 'Groups_ListTransitiveMemberOf',
    ...reads,
    path: `${one}/transitiveMemberOf`,
    action: read,
  }),
  Groups_GetMemberGroups: operation({
    id: 'Groups_GetMemberGroups',
    ...asks,
    path: `${one}/getMemberGroups`,
    action: read,
    body: getMemberGroupsBody,
  }),
  Groups_CheckMemberGroups: operation({
    id: 'Groups_CheckMemberGroups',
    ...asks,
    path: `${one}/checkMemberGroups`,
    action: read,
    body: checkMemberGroupsBody,
  }),
} as const;
