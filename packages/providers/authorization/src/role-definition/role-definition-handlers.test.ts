import { builtInRoles } from '@holdfast/authorization';
import type { ScopeParameters } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import {
  at,
  contextWith,
  createAuthorizationWorld,
  roleId,
  subscriptionScope,
} from '../authorization-world.test-support.ts';
import { getRoleDefinition } from './get-role-definition.ts';
import { listRoleDefinitions } from './list-role-definitions.ts';

const reader = roleId('Reader');
const list = async (filter?: string, parameters: ScopeParameters = at.subscription) => {
  const query = new Map(filter === undefined ? [] : [['$filter', filter]]);
  const request = { context: contextWith(), parameters, query, body: undefined };
  const { status, body } = await listRoleDefinitions(createAuthorizationWorld())(request);
  expect(status).toBe(200);
  return (body as { value: { id: string; name: string; properties: { roleName: string } }[] }).value;
};
const get = (roleDefinitionId: string, place: ScopeParameters = at.subscription) =>
  getRoleDefinition(createAuthorizationWorld())({
    context: contextWith(),
    parameters: { ...place, roleDefinitionId },
    query: new Map<string, string>(),
    body: undefined,
  });

describe('the list of roles', () => {
  test.each<[string | undefined, readonly string[]]>([
    [undefined, builtInRoles.map(({ name }) => name)],
    ["roleName eq 'Reader'", ['Reader']],
    ["rolename eq 'azure connected machine onboarding'", ['Azure Connected Machine Onboarding']],
    ["roleName eq 'Nobody'", []],
    ['atScopeAndBelow()', builtInRoles.map(({ name }) => name)],
    ["atScopeAndBelow() and roleName eq 'Owner'", ['Owner']],
    ["type eq 'BuiltInRole'", builtInRoles.map(({ name }) => name)],
    ["roleName eq 'Owner' and type eq 'CustomRole'", []],
  ])('with $filter %s holds %j', async (filter, names) => {
    expect((await list(filter)).map(({ properties }) => properties.roleName)).toEqual(names);
  });

  test.each<[ScopeParameters, string]>([
    [at.tenant, ''],
    [at.subscription, subscriptionScope],
    [at.group, subscriptionScope],
    [at.machine, subscriptionScope],
  ])('at %j names its roles from %j', async (parameters, prefix) => {
    const [role] = await list("roleName eq 'Reader'", parameters);
    expect(role?.id).toBe(`${prefix}/providers/Microsoft.Authorization/roleDefinitions/${reader}`);
  });

  test.each(["roleName ne 'x'", "description eq 'x'", 'roleName'])('refuses $filter %s', async (filter) => {
    await expect(list(filter)).rejects.toMatchObject({ status: 400, target: '$filter' });
  });

  test('of a place that does not exist is 404', async () => {
    await expect(list(undefined, { ...at.group, resourceGroupName: 'none' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('a role', () => {
  test('is found by its GUID, in any letter case', async () => {
    for (const name of [reader, reader.toUpperCase()]) {
      expect(await get(name)).toEqual({
        status: 200,
        body: {
          id: `${subscriptionScope}/providers/Microsoft.Authorization/roleDefinitions/${reader}`,
          name: reader,
          type: 'Microsoft.Authorization/roleDefinitions',
          properties: {
            roleName: 'Reader',
            type: 'BuiltInRole',
            description: expect.any(String),
            assignableScopes: ['/'],
            permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
          },
        },
      });
    }
  });

  test.each(['Reader', '00000000-0000-4000-8000-000000000000'])('%s is none', async (name) => {
    await expect(get(name)).rejects.toMatchObject({ status: 404, code: 'RoleDefinitionDoesNotExist' });
  });
});
