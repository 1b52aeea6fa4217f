import { scopeOf } from '@holdfast/arm';
import type { ScopeParameters, Visibility } from '@holdfast/contracts';
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
  otherTenantId,
  robot,
  stranger,
  subscriptionScope,
  team,
} from '../authorization-world.test-support.ts';
import { deleteRoleAssignment } from './delete-role-assignment.ts';
import { getRoleAssignment } from './get-role-assignment.ts';
import { listRoleAssignments } from './list-role-assignments.ts';
import type { NewRoleAssignment } from './role-assignment.ts';

const above = grant(ann, 'Owner', '/');
const here = grant(robot, 'Contributor', subscriptionScope);
const group = grant(team, 'Reader', groupScope);
const machine = grant(robot, 'Reader', machineScope);
const elsewhere = grant(robot, 'Reader', `/subscriptions/${disabledId}`);
const all = [above, here, group, machine, elsewhere];
const none = { query: new Map<string, string>(), body: undefined };

const one = ({ id }: NewRoleAssignment, parameters: ScopeParameters, context = contextWith()) => ({
  ...none,
  context,
  parameters: { ...parameters, roleAssignmentName: id },
});

describe('the list of grants', () => {
  const list = async (
    query: Record<string, string>,
    parameters: ScopeParameters,
    visibility: Visibility = 'everything',
  ) => {
    const request = {
      context: contextWith({ visibility }),
      parameters,
      query: new Map(Object.entries(query)),
      body: undefined,
    };
    const { status, body } = await listRoleAssignments(createAuthorizationWorld(all))(request);
    expect(status).toBe(200);
    return body as { value: { name: string; properties: { roleDefinitionId: string } }[]; nextLink?: string };
  };
  const filtered = async (filter: string | undefined, parameters: ScopeParameters, visibility?: Visibility) => {
    const { value } = await list(filter === undefined ? {} : { $filter: filter }, parameters, visibility);
    return value.map(({ name }) => name);
  };
  const ids = (grants: readonly NewRoleAssignment[]) => grants.map(({ id }) => id);

  test.each<[string | undefined, ScopeParameters, readonly NewRoleAssignment[]]>([
    [undefined, at.tenant, all],
    [undefined, at.subscription, [above, here, group, machine]],
    [undefined, at.machine, [above, here, group, machine]],
    ['atScope()', at.tenant, [above]],
    ['atScope()', at.subscription, [above, here]],
    ['atScope()', at.group, [above, here, group]],
    [`principalId eq '${robot}'`, at.subscription, [here, machine]],
    [`principalId eq '${ann}'`, at.subscription, [above]],
    [`assignedTo('${ann}')`, at.subscription, [above, group]],
    [`atScope() and assignedTo('${ann}')`, at.subscription, [above]],
    [`atScope() and assignedTo('${ann}')`, at.group, [above, group]],
    [`assignedTo('${stranger}')`, at.tenant, []],
  ])('with $filter %s at %j', async (filter, parameters, expected) => {
    expect(await filtered(filter, parameters)).toEqual(ids(expected));
  });

  test('holds only what the caller may see', async () => {
    expect(await filtered(undefined, at.subscription, [scopeOf(groupScope)])).toEqual(ids([group, machine]));
    expect(await filtered(undefined, at.subscription, [])).toEqual([]);
  });

  test('names roles from the place that was asked about', async () => {
    const { value } = await list({}, at.group);
    const prefixes = value.map(({ properties }) => properties.roleDefinitionId.split('/providers/')[0]);
    expect(new Set(prefixes)).toEqual(new Set([subscriptionScope]));
  });

  test('can be walked page by page, each grant once', async () => {
    const seen: string[] = [];
    let query: Record<string, string> | undefined = { $top: '2', $filter: 'atScope()' };
    while (query !== undefined) {
      const { value, nextLink }: Awaited<ReturnType<typeof list>> = await list(query, at.machine);
      seen.push(...value.map(({ name }) => name));
      const link: URL | undefined = nextLink === undefined ? undefined : new URL(nextLink);
      expect(link?.pathname ?? machineScope).toContain(machineScope);
      query = link && Object.fromEntries([...link.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    }
    expect(seen).toEqual(ids([above, here, group, machine]));
  });

  test.each([
    { $filter: "principalId eq 'ann'" },
    { $filter: "scope eq '/'" },
    { $filter: `principalId eq '${ann}' and assignedTo('${ann}')` },
    { $skiptoken: 'x' },
  ])('refuses %j', async (query) => {
    await expect(list(query as unknown as Record<string, string>, at.subscription)).rejects.toMatchObject({
      status: 400,
      code: 'InvalidQueryParameter',
    });
  });

  test('of a place that does not exist is 404', async () => {
    await expect(list({}, { ...at.machine, resourceName: 'none' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('GET', () => {
  const get = getRoleAssignment(createAuthorizationWorld(all));

  test('answers with the grant at its place, in the spelling of its creator', async () => {
    const lower = { ...at.group, resourceGroupName: 'web-rg' };
    expect(await get(one(group, lower))).toMatchObject({
      status: 200,
      body: {
        id: `${groupScope}/providers/Microsoft.Authorization/roleAssignments/${group.id}`,
        properties: { scope: groupScope },
      },
    });
    expect(await get(one(above, at.tenant))).toMatchObject({
      body: { id: `/providers/Microsoft.Authorization/roleAssignments/${above.id}` },
    });
  });

  test('says Unknown of a principal that is gone', async () => {
    const orphan = grant(stranger, 'Reader', '/');
    const { body } = await getRoleAssignment(createAuthorizationWorld([orphan]))(one(orphan, at.tenant));
    expect(body).toMatchObject({ properties: { principalType: 'Unknown' } });
  });

  test.each<[string, NewRoleAssignment, ScopeParameters]>([
    ['a scope above its own', group, at.subscription],
    ['a scope below its own', group, at.machine],
    ['another scope', group, { subscriptionId: disabledId }],
  ])('finds none at %s', async (_, asked, parameters) => {
    await expect(get(one(asked, parameters))).rejects.toMatchObject({ status: 404, code: 'RoleAssignmentNotFound' });
  });

  test('finds none of another tenant', async () => {
    const context = contextWith({ caller: { ...caller, tenantId: otherTenantId } });
    await expect(get(one(group, at.group, context))).rejects.toMatchObject({ status: 404 });
  });
});

describe('DELETE', () => {
  test('takes a grant back: 200 with what it was, then 204', async () => {
    const world = createAuthorizationWorld(all);
    expect(await deleteRoleAssignment(world)(one(group, at.group))).toMatchObject({
      status: 200,
      body: { name: group.id },
    });
    expect(await deleteRoleAssignment(world)(one(group, at.group))).toEqual({ status: 204 });
    expect(world.assignments.all()).toHaveLength(all.length - 1);
  });

  test('takes one back in a disabled subscription', async () => {
    const deleted = await deleteRoleAssignment(createAuthorizationWorld(all))(
      one(elsewhere, { subscriptionId: disabledId }),
    );
    expect(deleted).toMatchObject({ status: 200 });
  });

  test('at another place, or by another tenant, takes nothing', async () => {
    const world = createAuthorizationWorld(all);
    const context = contextWith({ caller: { ...caller, tenantId: otherTenantId } });
    for (const request of [one(above, at.group), one(group, at.subscription), one(group, at.group, context)])
      expect(await deleteRoleAssignment(world)(request)).toEqual({ status: 204 });
    expect(world.assignments.all()).toHaveLength(all.length);
  });
});
