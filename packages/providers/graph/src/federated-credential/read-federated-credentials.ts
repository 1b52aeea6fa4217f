import { entityAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { requireApplication } from '../application/require-application.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { parseListQuery, selectOf } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { federatedCredentialToWire } from './federated-credential-wire.ts';
import { requireFederatedCredential } from './require-federated-credential.ts';

export const listFederatedCredentials =
  (stores: GraphStores): GraphHandler<'FederatedCredentials_List'> =>
  async ({ context, parameters, query }) => {
    const { select } = parseListQuery(query);
    const application = await requireApplication(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    const items = application.federatedCredentials.map(federatedCredentialToWire);
    return listAnswer(context, {
      set: `applications('${application.id}')/federatedIdentityCredentials`,
      items,
      select,
    });
  };

export const getFederatedCredential =
  (stores: GraphStores): GraphHandler<'FederatedCredentials_Get'> =>
  async ({ context, parameters, query }) => {
    const application = await requireApplication(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    const entity = federatedCredentialToWire(requireFederatedCredential(application, parameters.credential));
    const set = `applications('${application.id}')/federatedIdentityCredentials`;
    return entityAnswer(context, { set, entity, select: selectOf(query) });
  };
