import { armError } from '@holdfast/arm';
import type { Consent, ConsentStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { type Entity, entityAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { notFound } from '../directory-object/require-object.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { parseListQuery, selectOf } from '../query/list-query.ts';
import { parseFilter } from '../query/parse-filter.ts';
import type { GraphStores } from '../stores.ts';
import { createGrantWriter } from './grant-wire.ts';

const filterable = ['clientId', 'consentType', 'principalId', 'resourceId'] as const;

export const listPermissionGrants =
  (stores: GraphStores): GraphHandler<'PermissionGrants_List'> =>
  async ({ context, query }) => {
    const { filter, select } = parseListQuery(query);
    const isWanted = matcherOf(filter);
    const toWire = createGrantWriter(stores, context.caller.tenantId);
    const consents = await stores.consents.list(context.caller.tenantId);
    const items = await Promise.all(consents.map(toWire));
    return listAnswer(context, { set: 'oauth2PermissionGrants', items: items.filter(isWanted), select });
  };

export const getPermissionGrant =
  (stores: GraphStores): GraphHandler<'PermissionGrants_Get'> =>
  async ({ context, parameters, query }) => {
    const { tenantId } = context.caller;
    const consent = await requireConsent(stores, tenantId, parameters.id);
    const entity = await createGrantWriter(stores, tenantId)(consent);
    return entityAnswer(context, { set: 'oauth2PermissionGrants', entity, select: selectOf(query) });
  };

export const requireConsent = async (
  { consents }: { readonly consents: ConsentStore },
  tenantId: Uuid,
  id: string,
): Promise<Consent> => {
  const consent = (await consents.list(tenantId)).find((each) => each.id === id.toLowerCase());
  if (consent === undefined) throw notFound(id);
  return consent;
};

const matcherOf = (filter: string | undefined): ((grant: Entity) => boolean) => {
  const wanted = (filter ? parseFilter(filter) : []).map((term) => {
    const name = filterable.find((each) => each.toLowerCase() === term.name.toLowerCase());
    if (name === undefined || term.kind !== 'compare' || term.operator !== 'eq')
      throw armError('DirectoryUnsupportedQuery', {
        option: '$filter',
        detail: `supported here is eq with ${filterable.join(', ')}.`,
      });
    return { name, value: String(term.value).toLowerCase() };
  });
  return (grant) => wanted.every(({ name, value }) => String(grant[name]).toLowerCase() === value);
};
