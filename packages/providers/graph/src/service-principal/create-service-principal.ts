import { armError } from '@holdfast/arm';
import type { DirectoryContext } from '@holdfast/contracts';
import type { Application, ServicePrincipal } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { entityAnswer } from '../answers/entity-answer.ts';
import { findApplicationByAppId } from '../application/require-application.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphDependencies } from '../stores.ts';
import { servicePrincipalWithCredentials } from './service-principal-wire.ts';

/** Makes an application a principal that can sign in and be granted something. */
export const createServicePrincipal =
  (dependencies: GraphDependencies): GraphHandler<'ServicePrincipals_Create'> =>
  async ({ context, body }) => {
    const { tenantId, objectId: ownerId } = context.caller;
    const application = await requireOwnApplication(dependencies, context, body.appId);
    const principal: ServicePrincipal = {
      id: newUuid(dependencies.random),
      tenantId,
      appId: application.appId,
      applicationId: application.id,
      kind: 'Application',
      displayName: application.displayName,
      enabled: body.accountEnabled ?? true,
      identifierUris: application.identifierUris,
      permissions: [],
      tags: body.tags ?? [],
      createdAt: context.now,
    };
    if (!(await dependencies.servicePrincipals.insert(principal)))
      throw armError('DirectoryKeyTaken', { property: 'servicePrincipalNames' });
    await dependencies.owners.add({ tenantId, objectId: principal.id, ownerId });
    const entity = servicePrincipalWithCredentials(principal, application);
    return entityAnswer(context, { set: 'servicePrincipals', entity, status: 201 });
  };

/** Whoever may not make any may make those of the applications they own. */
const requireOwnApplication = async (
  dependencies: GraphDependencies,
  { caller: { tenantId, objectId }, may }: DirectoryContext,
  appId: string,
): Promise<Application> => {
  const application = await findApplicationByAppId(dependencies, tenantId, appId.toLowerCase() as Application['appId']);
  if (application === undefined)
    throw armError('DirectoryBadRequest', { detail: `No application of this organization has the appId '${appId}'.` });
  const mayAny = may('microsoft.directory/servicePrincipals/create');
  if (mayAny || (await dependencies.owners.isOwner({ tenantId, objectId: application.id, ownerId: objectId })))
    return application;
  throw armError('DirectoryDenied', {});
};
