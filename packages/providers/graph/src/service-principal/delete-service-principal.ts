import { armError } from '@holdfast/arm';
import { done } from '../answers/entity-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphDependencies } from '../stores.ts';
import { requireGuardedPrincipal } from './update-service-principal.ts';

/** With what it was granted; its application stays. A machine's identity goes with its machine. */
export const deleteServicePrincipal =
  (dependencies: GraphDependencies): GraphHandler<'ServicePrincipals_Delete'> =>
  async ({ context, parameters }) => {
    const principal = await requireGuardedPrincipal(dependencies, context, parameters.id);
    if (principal.kind === 'ManagedIdentity')
      throw armError('DirectoryBadRequest', {
        detail: 'A managed identity goes with its resource: delete or disconnect the machine.',
      });
    await dependencies.servicePrincipals.delete(context.caller.tenantId, principal.id);
    return done;
  };
