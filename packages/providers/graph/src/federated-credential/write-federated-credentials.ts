import { armError } from '@holdfast/arm';
import type { DirectoryContext } from '@holdfast/contracts';
import type { Application } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { guardApplication } from '../access/directory-guard.ts';
import { done, entityAnswer } from '../answers/entity-answer.ts';
import { requireApplication } from '../application/require-application.ts';
import { notFound } from '../directory-object/require-object.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphDependencies } from '../stores.ts';
import { checkFederatedCredential } from './check-federated-credential.ts';
import { federatedCredentialToWire } from './federated-credential-wire.ts';
import { requireFederatedCredential } from './require-federated-credential.ts';

export const createFederatedCredential =
  (dependencies: GraphDependencies): GraphHandler<'FederatedCredentials_Create'> =>
  async ({ context, parameters, body }) => {
    const application = await requireGuarded(dependencies, context, parameters.id);
    const credential = checkFederatedCredential(application, {
      id: newUuid(dependencies.random),
      name: body.name,
      description: body.description ?? undefined,
      issuer: body.issuer,
      subject: body.subject,
      audiences: body.audiences,
      lastUsedAt: undefined,
    });
    if (!(await dependencies.credentials.addFederated(placeOf(application), credential)))
      throw armError('DirectoryKeyTaken', { property: 'name' });
    const set = `applications('${application.id}')/federatedIdentityCredentials`;
    return entityAnswer(context, { set, entity: federatedCredentialToWire(credential), status: 201 });
  };

export const updateFederatedCredential =
  (dependencies: GraphDependencies): GraphHandler<'FederatedCredentials_Update'> =>
  async ({ context, parameters, body }) => {
    const application = await requireGuarded(dependencies, context, parameters.id);
    const existing = requireFederatedCredential(application, parameters.credential);
    if (body.name !== undefined && body.name !== existing.name)
      throw armError('DirectoryBadRequest', { detail: 'The name of a federated identity credential is immutable.' });
    const changed = checkFederatedCredential(application, {
      ...existing,
      description: body.description === undefined ? existing.description : (body.description ?? undefined),
      issuer: body.issuer ?? existing.issuer,
      subject: body.subject ?? existing.subject,
      audiences: body.audiences ?? existing.audiences,
    });
    if (!(await dependencies.credentials.updateFederated(placeOf(application), changed)))
      throw notFound(parameters.credential);
    return done;
  };

export const deleteFederatedCredential =
  (dependencies: GraphDependencies): GraphHandler<'FederatedCredentials_Delete'> =>
  async ({ context, parameters }) => {
    const application = await requireGuarded(dependencies, context, parameters.id);
    const { id } = requireFederatedCredential(application, parameters.credential);
    await dependencies.credentials.removeFederated(placeOf(application), id);
    return done;
  };

const requireGuarded = async (
  dependencies: GraphDependencies,
  context: DirectoryContext,
  key: string,
): Promise<Application> => {
  const application = await requireApplication(dependencies, { tenantId: context.caller.tenantId, key, lock: true });
  await guardApplication(dependencies, context, application);
  return application;
};

const placeOf = ({ tenantId, id }: Application) => ({ tenantId, applicationId: id });
