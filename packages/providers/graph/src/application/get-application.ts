import { entityAnswer } from '../answers/entity-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { selectOf } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { applicationToWire } from './application-wire.ts';
import { requireApplication } from './require-application.ts';

export const getApplication =
  (stores: GraphStores): GraphHandler<'Applications_Get'> =>
  async ({ context, parameters, query }) => {
    const application = await requireApplication(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return entityAnswer(context, {
      set: 'applications',
      entity: applicationToWire(application),
      select: selectOf(query),
    });
  };
