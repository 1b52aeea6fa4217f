import { entityAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { idOf, notFound } from '../directory-object/require-object.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { parseListQuery, selectOf } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { signInQuery } from './sign-in-query.ts';
import { signInToWire } from './sign-in-wire.ts';

const set = 'auditLogs/signIns';

/** Newest first; page by page this is also the way to export the log. */
export const listSignIns =
  (stores: GraphStores): GraphHandler<'SignIns_List'> =>
  async ({ context, query }) => {
    const { filter, top, after, select } = parseListQuery(query, { $orderby: 'createdDateTime desc' });
    const { items, next } = await stores.signIns.list(context.caller.tenantId, { ...signInQuery(filter), top, after });
    const more = next === undefined ? {} : { more: { path: '/v1.0/auditLogs/signIns', query, next } };
    return listAnswer(context, { set, items: items.map(signInToWire), select, ...more });
  };

export const getSignIn =
  (stores: GraphStores): GraphHandler<'SignIns_Get'> =>
  async ({ context, parameters, query }) => {
    const where = [{ field: 'id', operator: 'equals', value: idOf(parameters.id) }] as const;
    const { items } = await stores.signIns.list(context.caller.tenantId, { where, top: 1, after: undefined });
    const [signIn] = items;
    if (signIn === undefined) throw notFound(parameters.id);
    return entityAnswer(context, { set, entity: signInToWire(signIn), select: selectOf(query) });
  };
