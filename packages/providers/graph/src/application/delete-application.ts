import { guardApplication } from '../access/directory-guard.ts';
import { done } from '../answers/entity-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphStores } from '../stores.ts';
import { requireApplication } from './require-application.ts';

/** With its service principal, and with whatever that was granted. */
export const deleteApplication =
  (stores: GraphStores): GraphHandler<'Applications_Delete'> =>
  async ({ context, parameters }) => {
    const { tenantId } = context.caller;
    const application = await requireApplication(stores, { tenantId, key: parameters.id, lock: true });
    await guardApplication(stores, context, application);
    await stores.applications.delete(tenantId, application.id);
    return done;
  };
