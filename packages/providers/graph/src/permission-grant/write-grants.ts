import { armError } from '@holdfast/arm';
import type { DirectoryContext } from '@holdfast/contracts';
import type { Consent, ServicePrincipal } from '@holdfast/directory';
import { newUuid, type Uuid } from '@holdfast/kernel';
import { done, entityAnswer } from '../answers/entity-answer.ts';
import { idOf, notFound } from '../directory-object/require-object.ts';
import type { GraphHandler, GraphRequest } from '../graph-handler.ts';
import { findOwnApi, ownApiPrincipal } from '../service-principal/first-party.ts';
import { requireServicePrincipal } from '../service-principal/require-service-principal.ts';
import type { GraphDependencies, GraphStores } from '../stores.ts';
import { createGrantWriter } from './grant-wire.ts';
import { requireConsent } from './read-grants.ts';
import { resourceNameOf } from './resource-name.ts';

type Body = GraphRequest<'PermissionGrants_Create'>['body'];

/** An administrator's consent: to what a program may do in everybody's name, or in one person's. */
export const createPermissionGrant =
  (dependencies: GraphDependencies): GraphHandler<'PermissionGrants_Create'> =>
  async ({ context, body }) => {
    const { tenantId } = context.caller;
    const client = await requireServicePrincipal(dependencies, { tenantId, key: body.clientId });
    const resource = resourceNameOf(await requireResource(dependencies, tenantId, body.resourceId));
    const userId = await requirePerson(dependencies, context, body);
    const about = { appId: client.appId, ...(userId !== undefined && { userId }) };
    const others = await dependencies.consents.listOf(tenantId, about);
    if (others.some((each) => each.resource === resource && each.userId === userId))
      throw armError('DirectoryKeyTaken', { property: 'clientId, resourceId and principalId' });
    const consent: Consent = {
      id: newUuid(dependencies.random),
      tenantId,
      appId: client.appId,
      userId,
      resource,
      scopes: scopesOf(body.scope),
      createdAt: context.now,
    };
    await dependencies.consents.put(consent);
    const entity = await createGrantWriter(dependencies, tenantId)(consent);
    return entityAnswer(context, { set: 'oauth2PermissionGrants', entity, status: 201 });
  };

/** Replaces what was consented to; a consent put beside another would add to it. */
export const updatePermissionGrant =
  (stores: GraphStores): GraphHandler<'PermissionGrants_Update'> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    const consent = await requireConsent(stores, tenantId, parameters.id);
    await stores.consents.delete(tenantId, consent.id);
    await stores.consents.put({ ...consent, scopes: scopesOf(body.scope) });
    return done;
  };

export const deletePermissionGrant =
  (stores: GraphStores): GraphHandler<'PermissionGrants_Delete'> =>
  async ({ context, parameters }) => {
    if (await stores.consents.delete(context.caller.tenantId, idOf(parameters.id))) return done;
    throw notFound(parameters.id);
  };

/** az falls back to the appId where it finds no service principal; for an API of ours that is its id. */
const requireResource = async (stores: GraphStores, tenantId: Uuid, id: string): Promise<ServicePrincipal> => {
  const ownApi = findOwnApi(id);
  return ownApi === undefined
    ? requireServicePrincipal(stores, { tenantId, key: id })
    : ownApiPrincipal(ownApi, tenantId);
};

const requirePerson = async (
  { users }: GraphStores,
  { caller: { tenantId } }: DirectoryContext,
  { consentType, principalId }: Body,
): Promise<Uuid | undefined> => {
  const isOnePerson = consentType === 'Principal';
  if (
    isOnePerson !== (typeof principalId === 'string') ||
    !['AllPrincipals', 'Principal', null, undefined].includes(consentType)
  )
    throw armError('DirectoryBadRequest', {
      detail: "consentType must be 'AllPrincipals', or 'Principal' with the principalId of a user.",
    });
  if (typeof principalId !== 'string') return undefined;
  const user = await users.find(tenantId, idOf(principalId));
  if (user === undefined) throw notFound(principalId);
  return user.id;
};

const mostScopes = 50;

const scopesOf = (text: string): readonly string[] => {
  const scopes = [...new Set(text.split(/\s+/).filter((scope) => scope !== ''))];
  if (scopes.length > 0 && scopes.length <= mostScopes && scopes.every((scope) => /^[\w.:-]{1,128}$/.test(scope)))
    return scopes;
  throw armError('DirectoryBadRequest', {
    detail: `scope must be a list of 1 to ${mostScopes} permission names with spaces between.`,
  });
};
