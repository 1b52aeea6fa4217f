import { armError } from '@holdfast/arm';
import type { DirectoryContext } from '@holdfast/contracts';
import type { Application } from '@holdfast/directory';
import { guardApplication } from '../access/directory-guard.ts';
import { done } from '../answers/entity-answer.ts';
import type { GraphHandler, GraphRequest } from '../graph-handler.ts';
import { requireTenant } from '../organization/require-tenant.ts';
import {
  findServicePrincipalByAppId,
  requireServicePrincipal,
} from '../service-principal/require-service-principal.ts';
import type { GraphDependencies } from '../stores.ts';
import { changeCertificates } from './change-certificates.ts';
import { checkIdentifierUris } from './identifier-uris.ts';
import { patchManifest } from './manifest.ts';
import { patchRedirectUris } from './redirect-uris.ts';
import { requireApplication } from './require-application.ts';

/** Changes what is given. A redirect URI or a name is as good as a credential, so all of it is guarded alike. */
export const updateApplication =
  (dependencies: GraphDependencies): GraphHandler<'Applications_Update'> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    const application = await requireApplication(dependencies, { tenantId, key: parameters.id, lock: true });
    await guardApplication(dependencies, context, application);
    const identifierUris = await patchNames(dependencies, application, { context, body });
    const changed = {
      ...application,
      displayName: body.displayName ?? application.displayName,
      identifierUris,
      redirectUris: patchRedirectUris(application.redirectUris, body),
      isFallbackPublicClient: body.isFallbackPublicClient ?? application.isFallbackPublicClient,
      manifest: patchManifest(application.manifest, body),
    };
    if (!(await dependencies.applications.update(changed)))
      throw armError('DirectoryValueTaken', { property: 'identifierUris' });
    await renamePrincipal(dependencies, changed);
    await changeCertificates(dependencies, application, { list: body.keyCredentials, now: context.now });
    return done;
  };

interface Patch {
  readonly context: DirectoryContext;
  readonly body: GraphRequest<'Applications_Update'>['body'];
}

const patchNames = async (
  dependencies: GraphDependencies,
  { identifierUris }: Application,
  { context, body }: Patch,
): Promise<readonly string[]> => {
  if (body.identifierUris === undefined) return identifierUris;
  const tenant = await requireTenant(dependencies, context.caller.tenantId);
  return checkIdentifierUris(body.identifierUris, { tenant, ownNames: dependencies.ownNames });
};

/** Its service principal goes by the same name, by which az looks for it. */
const renamePrincipal = async (
  dependencies: GraphDependencies,
  { tenantId, appId, displayName }: Application,
): Promise<void> => {
  const found = await findServicePrincipalByAppId(dependencies, tenantId, appId);
  if (found === undefined || found.displayName === displayName) return;
  const principal = await requireServicePrincipal(dependencies, { tenantId, key: found.id, lock: true });
  await dependencies.servicePrincipals.update({ ...principal, displayName });
};
