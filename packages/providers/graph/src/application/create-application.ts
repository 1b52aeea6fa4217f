import { armError } from '@holdfast/arm';
import { type Application, noRedirectUris } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { entityAnswer } from '../answers/entity-answer.ts';
import type { GraphHandler, GraphRequest } from '../graph-handler.ts';
import { requireTenant } from '../organization/require-tenant.ts';
import type { GraphDependencies } from '../stores.ts';
import { applicationToWire } from './application-wire.ts';
import { changeCertificates } from './change-certificates.ts';
import { checkIdentifierUris } from './identifier-uris.ts';
import { patchManifest } from './manifest.ts';
import { patchRedirectUris } from './redirect-uris.ts';
import { requireApplication } from './require-application.ts';

/** Registers an application; whoever does so owns it. */
export const createApplication =
  (dependencies: GraphDependencies): GraphHandler<'Applications_Create'> =>
  async (request) => {
    const { context, body } = request;
    const { tenantId, objectId: ownerId } = context.caller;
    const { ownNames, applications, owners } = dependencies;
    const tenant = await requireTenant(dependencies, tenantId);
    const identifierUris = checkIdentifierUris(body.identifierUris ?? [], { tenant, ownNames });
    const wanted = { ...wantedApplication(dependencies, request), identifierUris };
    if (!(await applications.insert(wanted))) throw armError('DirectoryValueTaken', { property: 'identifierUris' });
    await owners.add({ tenantId, objectId: wanted.id, ownerId });
    await changeCertificates(dependencies, wanted, { list: body.keyCredentials, now: context.now });
    const created = await requireApplication(dependencies, { tenantId, key: wanted.id });
    return entityAnswer(context, { set: 'applications', entity: applicationToWire(created), status: 201 });
  };

const wantedApplication = (
  { random }: GraphDependencies,
  { context, body }: GraphRequest<'Applications_Create'>,
): Application => ({
  id: newUuid(random),
  tenantId: context.caller.tenantId,
  appId: newUuid(random),
  displayName: body.displayName,
  identifierUris: [],
  redirectUris: patchRedirectUris(noRedirectUris, body),
  isFallbackPublicClient: body.isFallbackPublicClient ?? false,
  manifest: patchManifest({}, body),
  secrets: [],
  certificates: [],
  federatedCredentials: [],
  createdAt: context.now,
});
