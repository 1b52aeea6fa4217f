import type { UserField } from '@holdfast/directory';
import { listAnswer } from '../answers/list-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { conditionsOf, type FilterFields } from '../query/conditions-of.ts';
import { parseListQuery } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { userToWire } from './user-wire.ts';

const fields: FilterFields<UserField> = {
  userPrincipalName: { field: 'userPrincipalName', type: 'text' },
  displayName: { field: 'displayName', type: 'text' },
  mail: { field: 'mail', type: 'text' },
  mailNickname: { field: 'mailNickname', type: 'text' },
  accountEnabled: { field: 'accountEnabled', type: 'flag' },
};

export const listUsers =
  (stores: GraphStores): GraphHandler<'Users_List'> =>
  async ({ context, query }) => {
    const { filter, top, after, select } = parseListQuery(query);
    const where = conditionsOf(filter, fields);
    const { items, next } = await stores.users.list(context.caller.tenantId, { where, top, after });
    const more = next === undefined ? {} : { more: { path: '/v1.0/users', query, next } };
    return listAnswer(context, { set: 'users', items: items.map(userToWire), select, ...more });
  };
