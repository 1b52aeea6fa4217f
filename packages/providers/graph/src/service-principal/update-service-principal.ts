import { armError } from '@holdfast/arm';
import type { DirectoryContext } from '@holdfast/contracts';
import type { ServicePrincipal } from '@holdfast/directory';
import { guardServicePrincipal } from '../access/directory-guard.ts';
import { done } from '../answers/entity-answer.ts';
import { changeCertificates } from '../application/change-certificates.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphDependencies } from '../stores.ts';
import { findApplicationOf, requireServicePrincipal } from './require-service-principal.ts';

export const updateServicePrincipal =
  (dependencies: GraphDependencies): GraphHandler<'ServicePrincipals_Update'> =>
  async ({ context, parameters, body }) => {
    const principal = await requireGuardedPrincipal(dependencies, context, parameters.id);
    await dependencies.servicePrincipals.update({
      ...principal,
      displayName: body.displayName ?? principal.displayName,
      enabled: body.accountEnabled ?? principal.enabled,
      tags: body.tags ?? principal.tags,
    });
    if (body.keyCredentials !== undefined) {
      const application = await requireApplicationOf(dependencies, principal);
      await changeCertificates(dependencies, application, { list: body.keyCredentials, now: context.now });
    }
    return done;
  };

export const requireGuardedPrincipal = async (
  dependencies: GraphDependencies,
  context: DirectoryContext,
  key: string,
): Promise<ServicePrincipal> => {
  const { tenantId } = context.caller;
  const principal = await requireServicePrincipal(dependencies, { tenantId, key, lock: true });
  await guardServicePrincipal(dependencies, context, principal);
  return principal;
};

/** Where its credentials are kept. */
export const requireApplicationOf = async (dependencies: GraphDependencies, principal: ServicePrincipal) => {
  const application = await findApplicationOf(dependencies, principal, { lock: true });
  if (application !== undefined) return application;
  throw armError('DirectoryBadRequest', {
    detail: 'The credentials of a managed identity are the machine’s own and cannot be changed here.',
  });
};
