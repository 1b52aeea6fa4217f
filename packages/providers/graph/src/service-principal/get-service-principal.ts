import type { ServicePrincipal } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { entityAnswer } from '../answers/entity-answer.ts';
import { parseObjectKey } from '../application/application-key.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { selectOf } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { findOwnApi, ownApiPrincipal } from './first-party.ts';
import { findApplicationOf, requireServicePrincipal } from './require-service-principal.ts';
import { servicePrincipalWithCredentials } from './service-principal-wire.ts';

export const getServicePrincipal =
  (stores: GraphStores): GraphHandler<'ServicePrincipals_Get'> =>
  async ({ context, parameters, query }) => {
    const principal = await requireAny(stores, context.caller.tenantId, parameters.id);
    const application = await findApplicationOf(stores, principal);
    const entity = servicePrincipalWithCredentials(principal, application);
    return entityAnswer(context, { set: 'servicePrincipals', entity, select: selectOf(query) });
  };

/** One of the tenant's, or an API of ours. */
const requireAny = async (stores: GraphStores, tenantId: Uuid, key: string): Promise<ServicePrincipal> => {
  const ownApi = findOwnApi(parseObjectKey(key)?.id ?? '');
  return ownApi === undefined ? requireServicePrincipal(stores, { tenantId, key }) : ownApiPrincipal(ownApi, tenantId);
};
