import type { GroupField } from '@holdfast/directory';
import { entityAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { conditionsOf, type FilterFields } from '../query/conditions-of.ts';
import { parseListQuery, selectOf } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { groupToWire } from './group-wire.ts';
import { requireGroup } from './require-group.ts';

const fields: FilterFields<GroupField> = {
  displayName: { field: 'displayName', type: 'text' },
  mailNickname: { field: 'mailNickname', type: 'text' },
};

export const listGroups =
  (stores: GraphStores): GraphHandler<'Groups_List'> =>
  async ({ context, query }) => {
    const { filter, top, after, select } = parseListQuery(query);
    const where = conditionsOf(filter, fields);
    const { items, next } = await stores.groups.list(context.caller.tenantId, { where, top, after });
    const more = next === undefined ? {} : { more: { path: '/v1.0/groups', query, next } };
    return listAnswer(context, { set: 'groups', items: items.map(groupToWire), select, ...more });
  };

export const getGroup =
  (stores: GraphStores): GraphHandler<'Groups_Get'> =>
  async ({ context, parameters, query }) => {
    const group = await requireGroup(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return entityAnswer(context, { set: 'groups', entity: groupToWire(group), select: selectOf(query) });
  };
