import { guardApplication } from '../access/directory-guard.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphDependencies } from '../stores.ts';
import { addSecret } from './add-secret.ts';
import { removeSecret } from './remove-secret.ts';
import { requireApplication } from './require-application.ts';

export const addApplicationPassword =
  (dependencies: GraphDependencies): GraphHandler<'Applications_AddPassword'> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    const application = await requireApplication(dependencies, { tenantId, key: parameters.id, lock: true });
    await guardApplication(dependencies, context, application);
    return addSecret(dependencies, application, { context, body });
  };

export const removeApplicationPassword =
  (dependencies: GraphDependencies): GraphHandler<'Applications_RemovePassword'> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    const application = await requireApplication(dependencies, { tenantId, key: parameters.id, lock: true });
    await guardApplication(dependencies, context, application);
    return removeSecret(dependencies, application, body.keyId);
  };
