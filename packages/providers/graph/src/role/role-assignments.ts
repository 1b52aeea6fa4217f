import { armError } from '@holdfast/arm';
import type { DirectoryContext } from '@holdfast/contracts';
import { builtInDirectoryRoles, type DirectoryRole, findDirectoryRole } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { done, type Entity, entityAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { pairId, parsePairId } from '../directory-object/pair-id.ts';
import { notFound, requireObject } from '../directory-object/require-object.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { parseListQuery, selectOf } from '../query/list-query.ts';
import { parseFilter } from '../query/parse-filter.ts';
import type { GraphDependencies, GraphStores } from '../stores.ts';
import { assignRole, holdsRole, type RoleGrant, unassignRole } from './assign-role.ts';
import { requireRole } from './require-role.ts';

const set = 'roleManagement/directory/roleAssignments';

export const listRoleAssignments =
  (stores: GraphStores): GraphHandler<'DirectoryRoleAssignments_List'> =>
  async ({ context, query }) => {
    const { filter, select } = parseListQuery(query);
    const { role, principal } = wantedBy(filter);
    const roles = builtInDirectoryRoles.filter(({ id }) => role === undefined || id === role);
    const held = await Promise.all(
      roles.map(async ({ id }) => {
        const holders = await stores.roles.listHolders(context.caller.tenantId, id);
        return holders.map((holder) => assignmentToWire(id, holder.id));
      }),
    );
    const items = held.flat().filter(({ principalId }) => principal === undefined || principalId === principal);
    return listAnswer(context, { set, items, select });
  };

export const getRoleAssignment =
  (stores: GraphStores): GraphHandler<'DirectoryRoleAssignments_Get'> =>
  async ({ context, parameters, query }) => {
    const { role, principalId } = await requireAssignment(stores, context, parameters.id);
    const entity = assignmentToWire(role.id, principalId);
    return entityAnswer(context, { set, entity, select: selectOf(query) });
  };

export const createRoleAssignment =
  (dependencies: GraphDependencies): GraphHandler<'DirectoryRoleAssignments_Create'> =>
  async ({ context, body }) => {
    if ((body.directoryScopeId ?? '/') !== '/')
      throw armError('DirectoryBadRequest', {
        detail: "Roles hold in the whole directory: directoryScopeId must be '/'.",
      });
    const role = requireRole(body.roleDefinitionId);
    const { id: principalId } = await requireObject(dependencies, context.caller.tenantId, body.principalId);
    await assignRole(dependencies, { context, role, principalId });
    return entityAnswer(context, { set, entity: assignmentToWire(role.id, principalId), status: 201 });
  };

export const deleteRoleAssignment =
  (dependencies: GraphDependencies): GraphHandler<'DirectoryRoleAssignments_Delete'> =>
  async ({ context, parameters }) => {
    const grant = await requireAssignment(dependencies, context, parameters.id);
    await unassignRole(dependencies, grant);
    return done;
  };

const requireAssignment = async (stores: GraphStores, context: DirectoryContext, id: string): Promise<RoleGrant> => {
  const [roleId, principalId] = parsePairId(id) ?? [];
  const role = roleId === undefined ? undefined : findDirectoryRole(roleId);
  if (role === undefined || principalId === undefined) throw notFound(id);
  const grant = { context, role, principalId };
  if (await holdsRole(stores, grant)) return grant;
  throw notFound(id);
};

const assignmentToWire = (roleDefinitionId: DirectoryRole['id'], principalId: Uuid): Entity => ({
  id: pairId(roleDefinitionId, principalId),
  roleDefinitionId,
  principalId,
  directoryScopeId: '/',
});

/** `principalId eq '…'`, `roleDefinitionId eq '…'`, or both. */
const wantedBy = (filter: string | undefined): { role?: string; principal?: string } => {
  const wanted: { role?: string; principal?: string } = {};
  for (const term of filter ? parseFilter(filter) : []) {
    const part = { principalid: 'principal', roledefinitionid: 'role' }[term.name.toLowerCase()] as 'role' | undefined;
    if (part === undefined || term.kind !== 'compare' || term.operator !== 'eq' || typeof term.value !== 'string')
      throw armError('DirectoryUnsupportedQuery', {
        option: '$filter',
        detail: "supported here are principalId eq 'id' and roleDefinitionId eq 'id'.",
      });
    wanted[part] = term.value.toLowerCase();
  }
  return wanted;
};
