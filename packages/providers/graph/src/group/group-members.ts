import { armError } from '@holdfast/arm';
import { done } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { directoryObjectToWire } from '../directory-object/directory-object-wire.ts';
import { referencedObject } from '../directory-object/referenced-object.ts';
import { idOf, notFound } from '../directory-object/require-object.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { parseListQuery } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { requireGroup, requireGuardedGroup } from './require-group.ts';

export const listGroupMembers =
  (stores: GraphStores): GraphHandler<'Groups_ListMembers'> =>
  async ({ context, parameters, query }) => {
    const { select } = parseListQuery(query);
    const { tenantId, id } = await requireGroup(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    const members = await stores.memberships.listMembers(tenantId, id, { transitive: false });
    return listAnswer(context, { set: 'directoryObjects', items: members.map(directoryObjectToWire), select });
  };

export const listGroupTransitiveMembers =
  (stores: GraphStores): GraphHandler<'Groups_ListTransitiveMembers'> =>
  async ({ context, parameters, query }) => {
    const { select } = parseListQuery(query);
    const { tenantId, id } = await requireGroup(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    const members = await stores.memberships.listMembers(tenantId, id, { transitive: true });
    return listAnswer(context, { set: 'directoryObjects', items: members.map(directoryObjectToWire), select });
  };

export const addGroupMember =
  (stores: GraphStores): GraphHandler<'Groups_AddMember'> =>
  async ({ context, parameters, body }) => {
    const { tenantId, id: groupId } = await requireGuardedGroup(stores, context, parameters.id);
    const member = await referencedObject(stores, { tenantId, body, kinds: ['user', 'group', 'servicePrincipal'] });
    if (member.id === groupId)
      throw armError('DirectoryBadRequest', { detail: 'A group cannot be a member of itself.' });
    if (await stores.memberships.add({ tenantId, groupId, memberId: member.id })) return done;
    throw armError('DirectoryReferenceExists', { property: 'members' });
  };

export const removeGroupMember =
  (stores: GraphStores): GraphHandler<'Groups_RemoveMember'> =>
  async ({ context, parameters }) => {
    const { tenantId, id: groupId } = await requireGuardedGroup(stores, context, parameters.id);
    if (await stores.memberships.remove({ tenantId, groupId, memberId: idOf(parameters.memberId) })) return done;
    throw notFound(parameters.memberId);
  };
