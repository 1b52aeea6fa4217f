import type { ApplicationField } from '@holdfast/directory';
import { listAnswer } from '../answers/list-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { conditionsOf, type FilterFields } from '../query/conditions-of.ts';
import { parseListQuery } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { applicationToWire } from './application-wire.ts';

const fields: FilterFields<ApplicationField> = {
  id: { field: 'id', type: 'id' },
  appId: { field: 'appId', type: 'id' },
  displayName: { field: 'displayName', type: 'text' },
  identifierUris: { field: 'identifierUris', type: 'names' },
};

export const listApplications =
  (stores: GraphStores): GraphHandler<'Applications_List'> =>
  async ({ context, query }) => {
    const { filter, top, after, select } = parseListQuery(query);
    const where = conditionsOf(filter, fields);
    const { items, next } = await stores.applications.list(context.caller.tenantId, { where, top, after });
    const more = next === undefined ? {} : { more: { path: '/v1.0/applications', query, next } };
    return listAnswer(context, { set: 'applications', items: items.map(applicationToWire), select, ...more });
  };
