import { addSecret } from '../application/add-secret.ts';
import { removeSecret } from '../application/remove-secret.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphDependencies } from '../stores.ts';
import { requireApplicationOf, requireGuardedPrincipal } from './update-service-principal.ts';

export const addServicePrincipalPassword =
  (dependencies: GraphDependencies): GraphHandler<'ServicePrincipals_AddPassword'> =>
  async ({ context, parameters, body }) => {
    const principal = await requireGuardedPrincipal(dependencies, context, parameters.id);
    return addSecret(dependencies, await requireApplicationOf(dependencies, principal), { context, body });
  };

export const removeServicePrincipalPassword =
  (dependencies: GraphDependencies): GraphHandler<'ServicePrincipals_RemovePassword'> =>
  async ({ context, parameters, body }) => {
    const principal = await requireGuardedPrincipal(dependencies, context, parameters.id);
    return removeSecret(dependencies, await requireApplicationOf(dependencies, principal), body.keyId);
  };
