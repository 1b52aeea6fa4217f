import { armError } from '@holdfast/arm';
import type { Answer, DirectoryContext } from '@holdfast/contracts';
import { builtInDirectoryRoles, type DirectoryRole } from '@holdfast/directory';
import { type Entity, entityAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { directoryObjectToWire } from '../directory-object/directory-object-wire.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { parseListQuery, selectOf } from '../query/list-query.ts';
import { parseFilter } from '../query/parse-filter.ts';
import type { GraphStores } from '../stores.ts';
import { requireRole } from './require-role.ts';
import { directoryRoleToWire, roleDefinitionToWire, roleTemplateToWire } from './role-wire.ts';

interface RolesQuestion {
  readonly context: DirectoryContext;
  readonly query: ReadonlyMap<string, string>;
}

export const listDirectoryRoles = (): GraphHandler<'DirectoryRoles_List'> => async (request) =>
  listRoles(request, 'directoryRoles', directoryRoleToWire);

export const getDirectoryRole =
  (): GraphHandler<'DirectoryRoles_Get'> =>
  async ({ context, parameters, query }) => {
    const entity = directoryRoleToWire(requireRole(parameters.id));
    return entityAnswer(context, { set: 'directoryRoles', entity, select: selectOf(query) });
  };

export const listDirectoryRoleTemplates = (): GraphHandler<'DirectoryRoleTemplates_List'> => async (request) =>
  listRoles(request, 'directoryRoleTemplates', roleTemplateToWire);

export const getDirectoryRoleTemplate =
  (): GraphHandler<'DirectoryRoleTemplates_Get'> =>
  async ({ context, parameters, query }) => {
    const entity = roleTemplateToWire(requireRole(parameters.id));
    return entityAnswer(context, { set: 'directoryRoleTemplates', entity, select: selectOf(query) });
  };

export const listRoleDefinitions = (): GraphHandler<'DirectoryRoleDefinitions_List'> => async (request) =>
  listRoles(request, 'roleManagement/directory/roleDefinitions', roleDefinitionToWire);

export const getRoleDefinition =
  (): GraphHandler<'DirectoryRoleDefinitions_Get'> =>
  async ({ context, parameters, query }) => {
    const entity = roleDefinitionToWire(requireRole(parameters.id));
    const set = 'roleManagement/directory/roleDefinitions';
    return entityAnswer(context, { set, entity, select: selectOf(query) });
  };

export const listRoleMembers =
  (stores: GraphStores): GraphHandler<'DirectoryRoles_ListMembers'> =>
  async ({ context, parameters, query }) => {
    const { select } = parseListQuery(query);
    const holders = await stores.roles.listHolders(context.caller.tenantId, requireRole(parameters.id).id);
    return listAnswer(context, { set: 'directoryObjects', items: holders.map(directoryObjectToWire), select });
  };

const listRoles = ({ context, query }: RolesQuestion, set: string, toWire: (role: DirectoryRole) => Entity): Answer => {
  const { filter, select } = parseListQuery(query);
  const roles = builtInDirectoryRoles.filter(matcherOf(filter));
  return listAnswer(context, { set, items: roles.map(toWire), select });
};

/** `displayName eq '…'` and `roleTemplateId eq '…'` are what roles are looked up by. */
const matcherOf = (filter: string | undefined): ((role: DirectoryRole) => boolean) => {
  if (filter === undefined || filter === '') return () => true;
  const wanted = parseFilter(filter).map((term) => {
    const name = term.name.toLowerCase();
    if (term.kind !== 'compare' || term.operator !== 'eq' || !['displayname', 'roletemplateid'].includes(name))
      throw armError('DirectoryUnsupportedQuery', {
        option: '$filter',
        detail: "supported here are displayName eq 'name' and roleTemplateId eq 'id'.",
      });
    return { name, value: String(term.value).toLowerCase() };
  });
  return (role) =>
    wanted.every(({ name, value }) => (name === 'displayname' ? role.displayName.toLowerCase() : role.id) === value);
};
