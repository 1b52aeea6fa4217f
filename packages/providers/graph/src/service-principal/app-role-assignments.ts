import { armError } from '@holdfast/arm';
import { type DirectoryPermission, directoryPermissions } from '@holdfast/contracts';
import type { ServicePrincipal } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';
import { done, entityAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { pairId, parsePairId } from '../directory-object/pair-id.ts';
import { notFound } from '../directory-object/require-object.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { parseListQuery } from '../query/list-query.ts';
import type { GraphDependencies } from '../stores.ts';
import { graphApi } from './first-party.ts';
import { requireServicePrincipal } from './require-service-principal.ts';

const set = (id: string) => `servicePrincipals('${id}')/appRoleAssignments`;

export const listAppRoleAssignments =
  (stores: GraphDependencies): GraphHandler<'AppRoleAssignments_List'> =>
  async ({ context, parameters, query }) => {
    const { select } = parseListQuery(query);
    const { tenantId } = context.caller;
    const principal = await requireServicePrincipal(stores, { tenantId, key: parameters.id });
    const held = directoryPermissions.filter(({ name }) => principal.permissions.includes(name));
    const items = held.map((permission) => assignmentToWire(principal, permission));
    return listAnswer(context, { set: set(principal.id), items, select });
  };

/** Gives a program a permission on the directory's API. It stands in the tokens that it gets from then on. */
export const createAppRoleAssignment =
  (stores: GraphDependencies): GraphHandler<'AppRoleAssignments_Create'> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    const principal = await requireServicePrincipal(stores, { tenantId, key: parameters.id, lock: true });
    const permission = directoryPermissions.find(({ appRoleId }) => appRoleId === body.appRoleId.toLowerCase());
    if (body.resourceId.toLowerCase() !== graphApi.appId || permission === undefined)
      throw armError('DirectoryBadRequest', {
        detail: `Permission being assigned was not found on application: only ${graphApi.displayName} ('${graphApi.appId}') has any.`,
      });
    if (body.principalId.toLowerCase() !== principal.id)
      throw armError('DirectoryBadRequest', { detail: 'principalId must be the service principal in the address.' });
    if (principal.permissions.includes(permission.name))
      throw armError('DirectoryBadRequest', { detail: 'Permission being assigned already exists on the object.' });
    const permissions = [...principal.permissions, permission.name];
    await stores.servicePrincipals.update({ ...principal, permissions });
    const entity = assignmentToWire(principal, permission);
    return entityAnswer(context, { set: set(principal.id), entity, status: 201 });
  };

export const deleteAppRoleAssignment =
  (stores: GraphDependencies): GraphHandler<'AppRoleAssignments_Delete'> =>
  async ({ context, parameters }) => {
    const { tenantId } = context.caller;
    const principal = await requireServicePrincipal(stores, { tenantId, key: parameters.id, lock: true });
    const [principalId, appRoleId] = parsePairId(parameters.assignmentId) ?? [];
    const name = directoryPermissions.find((each) => each.appRoleId === appRoleId)?.name;
    if (principalId !== principal.id || name === undefined || !principal.permissions.includes(name))
      throw notFound(parameters.assignmentId);
    const permissions = principal.permissions.filter((each) => each !== name);
    await stores.servicePrincipals.update({ ...principal, permissions });
    return done;
  };

const assignmentToWire = (principal: ServicePrincipal, { appRoleId = '' }: DirectoryPermission): Entity => ({
  id: pairId(principal.id, appRoleId),
  appRoleId,
  principalId: principal.id,
  principalDisplayName: principal.displayName,
  principalType: 'ServicePrincipal',
  resourceId: graphApi.appId,
  resourceDisplayName: graphApi.displayName,
});
