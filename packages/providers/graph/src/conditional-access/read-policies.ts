import type { ConditionalAccessPolicy } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { entityAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { notFound } from '../directory-object/require-object.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { parseListQuery, selectOf } from '../query/list-query.ts';
import { refuseFilter } from '../query/refuse-filter.ts';
import type { GraphStores } from '../stores.ts';
import { policyToWire } from './policy-wire.ts';

export const policySet = 'identity/conditionalAccess/policies';

export const listPolicies =
  (stores: GraphStores): GraphHandler<'ConditionalAccessPolicies_List'> =>
  async ({ context, query }) => {
    const { select } = refuseFilter(parseListQuery(query));
    const policies = await stores.conditionalAccess.listPolicies(context.caller.tenantId);
    return listAnswer(context, { set: policySet, items: policies.map(policyToWire), select });
  };

export const getPolicy =
  (stores: GraphStores): GraphHandler<'ConditionalAccessPolicies_Get'> =>
  async ({ context, parameters, query }) => {
    const policy = await requirePolicy(stores, context.caller.tenantId, parameters.id);
    return entityAnswer(context, { set: policySet, entity: policyToWire(policy), select: selectOf(query) });
  };

export const requirePolicy = async (
  { conditionalAccess }: GraphStores,
  tenantId: Uuid,
  id: string,
): Promise<ConditionalAccessPolicy> => {
  const policy = (await conditionalAccess.listPolicies(tenantId)).find((each) => each.id === id.toLowerCase());
  if (policy === undefined) throw notFound(id);
  return policy;
};
