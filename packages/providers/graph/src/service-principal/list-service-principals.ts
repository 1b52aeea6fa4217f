import type { Condition, ServicePrincipal, ServicePrincipalField } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { listAnswer } from '../answers/list-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { conditionsOf, type FilterFields } from '../query/conditions-of.ts';
import { parseListQuery } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { findOwnApi, ownApiPrincipal } from './first-party.ts';
import { servicePrincipalToWire } from './service-principal-wire.ts';

const fields: FilterFields<ServicePrincipalField> = {
  id: { field: 'id', type: 'id' },
  appId: { field: 'appId', type: 'id' },
  displayName: { field: 'displayName', type: 'text' },
  servicePrincipalNames: { field: 'servicePrincipalName', type: 'names' },
  servicePrincipalType: { field: 'servicePrincipalType', type: 'text' },
};

export const listServicePrincipals =
  (stores: GraphStores): GraphHandler<'ServicePrincipals_List'> =>
  async ({ context, query }) => {
    const { tenantId } = context.caller;
    const { filter, top, after, select } = parseListQuery(query);
    const where = conditionsOf(filter, fields);
    const ownApi = askedOwnApi(where, tenantId);
    const { items, next } =
      ownApi === undefined
        ? await stores.servicePrincipals.list(tenantId, { where, top, after })
        : { items: [ownApi], next: undefined };
    const more = next === undefined ? {} : { more: { path: '/v1.0/servicePrincipals', query, next } };
    return listAnswer(context, { set: 'servicePrincipals', items: items.map(servicePrincipalToWire), select, ...more });
  };

/** An API of ours is shown to whoever asks for it by name; nothing else can go by that name. */
const askedOwnApi = (
  where: readonly Condition<ServicePrincipalField>[],
  tenantId: Uuid,
): ServicePrincipal | undefined => {
  const [only] = where;
  if (only === undefined || where.length > 1 || !['appId', 'id', 'servicePrincipalName'].includes(only.field))
    return undefined;
  const ownApi = findOwnApi(String(only.value));
  return ownApi && ownApiPrincipal(ownApi, tenantId);
};
