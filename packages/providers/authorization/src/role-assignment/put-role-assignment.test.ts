import { apiVersion, scopeOf } from '@holdfast/arm';
import type { ScopeParameters } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import {
  ann,
  at,
  caller,
  contextWith,
  createAuthorizationWorld,
  disabledId,
  grant,
  groupScope,
  machineScope,
  now,
  otherTenantId,
  robot,
  roleId,
  stranger,
  subscriptionScope,
  team,
  tenantId,
} from '../authorization-world.test-support.ts';
import { putRoleAssignment } from './put-role-assignment.ts';

const name = 'BBBBBBBB-0000-4000-8000-000000000001';
const id = name.toLowerCase();
const idOf = (role: string) => `/providers/Microsoft.Authorization/roleDefinitions/${roleId(role)}`;
const reader = { roleDefinitionId: idOf('Reader'), principalId: robot };

const request = (properties: object, parameters: ScopeParameters = at.group, context = contextWith()) => ({
  context,
  parameters: { ...parameters, roleAssignmentName: name },
  query: new Map<string, string>(),
  body: { properties: { ...reader, ...properties } },
});

describe('PUT', () => {
  test.each<[ScopeParameters, string, string]>([
    [at.tenant, '/', ''],
    [at.subscription, subscriptionScope, subscriptionScope],
    [at.group, groupScope, subscriptionScope],
    [at.machine, machineScope, subscriptionScope],
  ])('at %j makes a grant there: 201', async (parameters, scope, rolePrefix) => {
    const world = createAuthorizationWorld();
    const answer = await putRoleAssignment(world)(request({ description: 'Watches.' }, parameters));
    const prefix = scope === '/' ? '' : scope;
    expect(answer).toEqual({
      status: 201,
      body: {
        id: `${prefix}/providers/Microsoft.Authorization/roleAssignments/${id}`,
        name: id,
        type: 'Microsoft.Authorization/roleAssignments',
        properties: {
          roleDefinitionId: rolePrefix + idOf('Reader'),
          principalId: robot,
          principalType: 'ServicePrincipal',
          scope,
          description: 'Watches.',
          condition: null,
          conditionVersion: null,
          createdOn: now.toISOString(),
          updatedOn: now.toISOString(),
          createdBy: ann,
          updatedBy: ann,
          delegatedManagedIdentityResourceId: null,
        },
      },
    });
    expect(world.assignments.all()).toMatchObject([{ tenantId, id, scope: scopeOf(scope), place: scope }]);
  });

  test.each([
    [ann, 'User'],
    [team, 'Group'],
    [robot, 'ServicePrincipal'],
  ])('grants to %s, which is a %s whether the caller says so or not', async (principalId, principalType) => {
    for (const said of [
      {},
      { principalType },
      { principalType: principalType.toUpperCase() },
      { principalType: null },
    ]) {
      const answer = await putRoleAssignment(createAuthorizationWorld())(request({ principalId, ...said }));
      expect(answer).toMatchObject({ status: 201, body: { properties: { principalId, principalType } } });
    }
  });

  test('takes the role by its id at any place', async () => {
    const roleDefinitionId = `${subscriptionScope}${idOf('Owner')}`.toUpperCase();
    const answer = await putRoleAssignment(createAuthorizationWorld())(request({ roleDefinitionId }, at.tenant));
    expect(answer.body).toMatchObject({ properties: { roleDefinitionId: idOf('Owner') } });
  });

  test('takes what it does not know, and what is null, as absent', async () => {
    const read = { scope: '/x', createdOn: 'then', condition: null, conditionVersion: null, canDelegate: false };
    const answer = await putRoleAssignment(createAuthorizationWorld())(request({ ...read, description: null }));
    expect(answer).toMatchObject({ status: 201, body: { properties: { scope: groupScope, description: null } } });
  });

  test('again is 200, and changes only the description', async () => {
    const world = createAuthorizationWorld();
    const put = putRoleAssignment(world);
    await put(request({}));
    const later = contextWith({ now: new Date(now.getTime() + 1000), caller: { ...caller, objectId: robot } });
    expect(await put(request({}, at.group, later))).toMatchObject({
      status: 200,
      body: { properties: { updatedOn: now.toISOString(), updatedBy: ann } },
    });
    expect(await put(request({ description: 'New.' }, at.group, later))).toMatchObject({
      status: 200,
      body: {
        properties: {
          description: 'New.',
          createdOn: now.toISOString(),
          createdBy: ann,
          updatedOn: later.now.toISOString(),
          updatedBy: robot,
        },
      },
    });
    expect(world.assignments.all()).toMatchObject([{ description: 'New.', updatedBy: robot }]);
  });

  test('again is 201 in the versions whose contract has no 200', async () => {
    const put = putRoleAssignment(createAuthorizationWorld());
    const context = contextWith({ apiVersion: apiVersion('2020-04-01-preview') });
    for (const _ of [1, 2]) expect(await put(request({}, at.group, context))).toMatchObject({ status: 201 });
  });

  test('of the second of two who make it at once is 200', async () => {
    const world = createAuthorizationWorld();
    await putRoleAssignment(world)(request({}));
    const looks = [undefined];
    const assignments: typeof world.assignments = {
      ...world.assignments,
      find: async (...of) => (looks.length > 0 ? looks.pop() : world.assignments.find(...of)),
    };
    expect(await putRoleAssignment({ ...world, assignments })(request({}))).toMatchObject({ status: 200 });
  });

  test.each<[string, object, ScopeParameters]>([
    ['another role', { roleDefinitionId: idOf('Owner') }, at.group],
    ['another principal', { principalId: ann }, at.group],
    ['another scope', {}, at.subscription],
  ])('under a name that stands for %s changes nothing', async (_, properties, parameters) => {
    const world = createAuthorizationWorld();
    await putRoleAssignment(world)(request({}));
    await expect(putRoleAssignment(world)(request(properties, parameters))).rejects.toMatchObject({
      status: 400,
      code: 'RoleAssignmentUpdateNotPermitted',
    });
    expect(world.assignments.all()).toMatchObject([{ principalId: robot, roleId: roleId('Reader') }]);
  });

  test('of a grant that is there under another name is refused, naming it', async () => {
    const held = grant(robot, 'Reader', groupScope);
    await expect(putRoleAssignment(createAuthorizationWorld([held]))(request({}))).rejects.toMatchObject({
      status: 409,
      code: 'RoleAssignmentExists',
      message: `The role assignment already exists. The ID of the conflicting role assignment is ${held.id.replaceAll('-', '')}.`,
    });
  });
});

describe('PUT grants nothing', () => {
  test.each<[string, object, object]>([
    [
      'with an unknown role',
      { roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-4000-8000-000000000000' },
      { status: 400, code: 'RoleDefinitionDoesNotExist' },
    ],
    [
      'with a role that is named and not identified',
      { roleDefinitionId: 'Reader' },
      { status: 400, code: 'RoleDefinitionDoesNotExist' },
    ],
    [
      'to a principal that is not in the directory',
      { principalId: stranger },
      {
        status: 400,
        code: 'PrincipalNotFound',
        message: expect.stringContaining(
          `${stranger.replaceAll('-', '')} does not exist in the directory ${tenantId}.`,
        ),
      },
    ],
    ['to what is no id', { principalId: 'ann@example.com' }, { status: 400, code: 'PrincipalNotFound' }],
    [
      'to a principal of another type',
      { principalType: 'Group' },
      {
        status: 400,
        code: 'UnmatchedPrincipalType',
        message: expect.stringContaining("has type 'ServicePrincipal' ,"),
      },
    ],
    [
      'with a condition',
      { condition: "@Resource[a] StringEquals 'b'", conditionVersion: '2.0' },
      { code: 'NotSupported' },
    ],
    ['for a managed identity elsewhere', { delegatedManagedIdentityResourceId: '/x' }, { code: 'NotSupported' }],
    ['with the right to pass it on', { canDelegate: true }, { code: 'NotSupported', target: 'properties.canDelegate' }],
  ])('%s', async (_, properties, error) => {
    const world = createAuthorizationWorld();
    await expect(putRoleAssignment(world)(request(properties))).rejects.toMatchObject(error);
    expect(world.assignments.all()).toEqual([]);
  });

  test.each<[string, ScopeParameters, object]>([
    ['in a missing group', { ...at.group, resourceGroupName: 'none' }, { status: 404, code: 'ResourceGroupNotFound' }],
    ['on a missing machine', { ...at.machine, resourceName: 'none' }, { status: 404, code: 'ResourceNotFound' }],
    ['in a disabled subscription', { subscriptionId: disabledId }, { status: 409 }],
  ])('%s', async (_, parameters, error) => {
    await expect(putRoleAssignment(createAuthorizationWorld())(request({}, parameters))).rejects.toMatchObject(error);
  });

  test('to a principal or in a place of another tenant', async () => {
    const put = putRoleAssignment(createAuthorizationWorld());
    const context = contextWith({ caller: { ...caller, tenantId: otherTenantId } });
    await expect(put(request({}, at.tenant, context))).rejects.toMatchObject({ code: 'PrincipalNotFound' });
    await expect(put(request({}, at.group, context))).rejects.toMatchObject({ code: 'SubscriptionNotFound' });
  });

  test('under a name that is no GUID', async () => {
    const sent = request({});
    const named = { ...sent, parameters: { ...sent.parameters, roleAssignmentName: 'mine' } };
    await expect(putRoleAssignment(createAuthorizationWorld())(named)).rejects.toMatchObject({
      status: 400,
      code: 'InvalidRoleAssignmentId',
    });
  });
});
