import { addOwner, listOwners, removeOwner } from '../directory-object/owners.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphDependencies } from '../stores.ts';
import { requireServicePrincipal } from './require-service-principal.ts';
import { requireGuardedPrincipal } from './update-service-principal.ts';

export const listServicePrincipalOwners =
  (dependencies: GraphDependencies): GraphHandler<'ServicePrincipals_ListOwners'> =>
  async ({ context, parameters, query }) => {
    const { tenantId } = context.caller;
    const { id } = await requireServicePrincipal(dependencies, { tenantId, key: parameters.id });
    return listOwners(dependencies, { context, query }, id);
  };

export const addServicePrincipalOwner =
  (dependencies: GraphDependencies): GraphHandler<'ServicePrincipals_AddOwner'> =>
  async ({ context, parameters, body }) => {
    const { id } = await requireGuardedPrincipal(dependencies, context, parameters.id);
    return addOwner(dependencies, { context, body }, id);
  };

export const removeServicePrincipalOwner =
  (dependencies: GraphDependencies): GraphHandler<'ServicePrincipals_RemoveOwner'> =>
  async ({ context, parameters }) => {
    const { id } = await requireGuardedPrincipal(dependencies, context, parameters.id);
    return removeOwner(dependencies, { context, ownerId: parameters.ownerId }, id);
  };
