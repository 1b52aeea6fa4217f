import { randomUUID } from 'node:crypto';
import type { AuthorizationManagementClient } from '@azure/arm-authorization';
import { describe, expect } from 'vitest';
import { type ArmClient, signIn } from './support/arm-client.ts';
import { automationCredential, azureClients } from './support/azure.ts';
import { testWithSite } from './support/e2e-test.ts';
import { eventually } from './support/eventually.ts';
import { groupScope, machinesIn, subscriptionScope } from './support/scopes.ts';
import { connectScripted, createScriptedMachine } from './support/scripted-machine.ts';
import type { Principal, Site } from './support/site.ts';

// Who may do what where, through Azure's own library, and what comes of it for the one it is about.

const machineQuery = '?api-version=2025-01-13';
const roles = {
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  'Azure Connected Machine Onboarding': 'b64e21ea-ac4e-4cdf-9dc9-5b892992bee7',
  'User Access Administrator': '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
} as const;

/** The tenant, a subscription, a group and a machine in it, and a program to be granted things there. */
const openPlaces = async (site: Site) => {
  const { bootstrap } = site;
  const arm = await signIn(bootstrap);
  const subscription = subscriptionScope(bootstrap);
  const group = groupScope(bootstrap);
  const machine = machinesIn(group, 'Web-1');
  await connectScripted(arm, machine, createScriptedMachine(bootstrap.endpoint));
  const { authorization } = azureClients(bootstrap, automationCredential(bootstrap));
  const scopes = { tenant: '/', subscription, group, machine };
  const program = await site.principal({ role: 'Reader' });
  return { arm, authorization, scopes, program };
};

const test = testWithSite().extend('places', { scope: 'file' }, ({ site }) => openPlaces(site));
const kinds = ['tenant', 'subscription', 'group', 'machine'] as const;

const roleIdAt = (scope: string, role: keyof typeof roles): string => {
  const [subscription = ''] = /^\/subscriptions\/[^/]+/.exec(scope) ?? [];
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roles[role]}`;
};

const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};

describe.for(kinds)('at the scope of a %s', (kind) => {
  test('roles are listed, found by name and got by id', async ({ places: { authorization, scopes } }) => {
    const scope = scopes[kind];
    const { roleDefinitions } = authorization;
    const names = (await all(roleDefinitions.list(scope))).map(({ roleName }) => roleName);
    expect(names).toEqual(expect.arrayContaining(['Owner', 'Contributor', ...Object.keys(roles)]));
    const [reader, ...others] = await all(roleDefinitions.list(scope, { filter: "roleName eq 'Reader'" }));
    expect(others).toEqual([]);
    expect(reader).toMatchObject({
      id: roleIdAt(scope, 'Reader'),
      name: roles.Reader,
      roleType: 'BuiltInRole',
      permissions: [{ actions: ['*/read'], notActions: [] }],
      assignableScopes: ['/'],
    });
    expect(await roleDefinitions.get(scope, roles.Reader)).toEqual(reader);
    expect(await roleDefinitions.getById(roleIdAt(scope, 'Reader'))).toEqual(reader);
    await expect(roleDefinitions.get(scope, randomUUID())).rejects.toMatchObject({
      code: 'RoleDefinitionDoesNotExist',
    });
  });

  test('a grant is made, read, listed and taken back', async ({ places }) => {
    const scope = places.scopes[kind];
    const { roleAssignments } = places.authorization;
    const principalId = places.program.objectId;
    const roleDefinitionId = roleIdAt(scope, 'Azure Connected Machine Onboarding');
    const name = randomUUID();
    const wish = { roleDefinitionId, principalId, principalType: 'ServicePrincipal', description: 'For a test.' };
    const made = await roleAssignments.create(scope, name, wish);
    expect(made).toMatchObject({
      ...{ ...wish, name, scope, type: 'Microsoft.Authorization/roleAssignments' },
      id: `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
      createdOn: expect.any(Date),
    });
    expect(await roleAssignments.create(scope, name, wish)).toEqual(made);
    expect(await roleAssignments.get(scope, name)).toEqual(made);
    expect(await roleAssignments.getById(made.id ?? '')).toEqual(made);
    const filters = ['atScope()', `principalId eq '${principalId}'`, `atScope() and assignedTo('${principalId}')`];
    for (const filter of [undefined, ...filters])
      expect(await all(roleAssignments.listForScope(scope, filter === undefined ? {} : { filter }))).toContainEqual(
        made,
      );
    const another = roleAssignments.create(scope, randomUUID(), wish);
    await expect(another).rejects.toMatchObject({ statusCode: 409, code: 'RoleAssignmentExists' });
    const changed = roleAssignments.create(scope, name, { ...wish, roleDefinitionId: roleIdAt(scope, 'Reader') });
    await expect(changed).rejects.toMatchObject({ statusCode: 400, code: 'RoleAssignmentUpdateNotPermitted' });
    expect(await roleAssignments.delete(scope, name)).toEqual(made);
    expect(await roleAssignments.delete(scope, name)).not.toMatchObject({ name });
    await expect(roleAssignments.get(scope, name)).rejects.toMatchObject({ code: 'RoleAssignmentNotFound' });
  });
});

describe('a grant is refused', () => {
  const refused = (authorization: AuthorizationManagementClient, scope: string, wish: object) =>
    authorization.roleAssignments.create(scope, randomUUID(), {
      roleDefinitionId: roleIdAt(scope, 'Reader'),
      principalId: randomUUID(),
      ...wish,
    });

  test('to nobody, with no role, with a condition, and where nothing is', async ({ site, places }) => {
    const { authorization, scopes, program } = places;
    const principalId = program.objectId;
    const nowhere = groupScope(site.bootstrap, 'nowhere');
    const cases = [
      [scopes.group, {}, 400, 'PrincipalNotFound'],
      [scopes.group, { principalId, principalType: 'User' }, 400, 'UnmatchedPrincipalType'],
      [scopes.group, { principalId, roleDefinitionId: '/x' }, 400, 'RoleDefinitionDoesNotExist'],
      [scopes.group, { principalId, condition: 'true', conditionVersion: '2.0' }, 400, 'NotSupported'],
      [nowhere, { principalId }, 404, 'ResourceGroupNotFound'],
      [machinesIn(scopes.group, 'none'), { principalId }, 404, 'ResourceNotFound'],
      [`${scopes.machine}/extensions/none`, { principalId }, 404, 'ResourceNotFound'],
      [`/subscriptions/${randomUUID()}`, { principalId }, 404, 'SubscriptionNotFound'],
    ] as const;
    for (const [scope, wish, statusCode, code] of cases)
      await expect(refused(authorization, scope, wish)).rejects.toMatchObject({ statusCode, code });
  });

  test('by who may read only, in ARM’s words', async ({ site, places: { scopes, program } }) => {
    const arm = await signIn(site.bootstrap, program);
    const path = `${scopes.group}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
    const properties = { roleDefinitionId: roleIdAt(scopes.group, 'Reader'), principalId: program.objectId };
    expect(await arm.send('PUT', `${path}?api-version=2022-04-01`, { body: { properties } })).toMatchObject({
      status: 403,
      body: {
        error: {
          code: 'AuthorizationFailed',
          message: expect.stringContaining(
            `perform action 'Microsoft.Authorization/roleAssignments/write' over scope '${path}'`,
          ),
        },
      },
    });
  });

  test('by who manages access elsewhere', async ({ site, places: { scopes } }) => {
    const administrator = await site.principal({ role: 'User Access Administrator' });
    const arm = await signIn(site.bootstrap, administrator);
    const properties = { roleDefinitionId: roleIdAt(scopes.group, 'Reader'), principalId: administrator.objectId };
    const put = (scope: string, name = randomUUID()) =>
      arm.send('PUT', `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01`, {
        body: { properties },
      });
    const name = randomUUID();
    expect(await put(scopes.group, name)).toMatchObject({ status: 201 });
    expect(await put(scopes.subscription)).toMatchObject({ status: 403 });
    // What was granted above is out of reach, by whichever path.
    const { body } = await (await signIn(site.bootstrap)).send(
      'GET',
      `${scopes.subscription}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=atScope()`,
    );
    for (const { name: above } of body?.value ?? []) {
      const path = `${scopes.group}/providers/Microsoft.Authorization/roleAssignments/${above}?api-version=2022-04-01`;
      expect(await arm.send('DELETE', path)).toMatchObject({ status: 204 });
      expect(await arm.send('GET', path)).toMatchObject({ status: 404 });
    }
  });
});

/** Grants are remembered for two seconds; the rest is for a busy machine. */
const bound = 2_000 + 1_500;

const settles = async (what: string, look: () => Promise<boolean>): Promise<void> => {
  const start = performance.now();
  await eventually(what, look);
  expect(performance.now() - start).toBeLessThan(bound);
};

/** A program that may do nothing yet, with its eyes on the machine. */
const onlooker = async (site: Site, path: string) => {
  const elsewhere = groupScope(site.bootstrap, `of-${randomUUID()}`);
  const administrator = await signIn(site.bootstrap);
  await administrator.send('PUT', `${elsewhere}?api-version=2024-07-01`, { body: { location: 'local' } });
  const principal: Principal = await site.principal({ role: 'Reader', scope: elsewhere });
  const arm: ArmClient = await signIn(site.bootstrap, principal);
  const sees = async () => (await arm.send('GET', path + machineQuery)).status === 200;
  expect(await sees()).toBe(false);
  return { principal, sees };
};

test('a program gains and loses access within two seconds', async ({ site, places: { authorization, scopes } }) => {
  const { principal, sees } = await onlooker(site, scopes.machine);
  for (const scope of [scopes.machine, scopes.group]) {
    const name = randomUUID();
    const wish = { roleDefinitionId: roleIdAt(scope, 'Reader'), principalId: principal.objectId };
    await authorization.roleAssignments.create(scope, name, wish);
    await settles('it sees the machine', sees);
    await authorization.roleAssignments.delete(scope, name);
    await settles('it does not see the machine', async () => !(await sees()));
  }
});

test('what a group is granted its members have, and those of groups in it', async ({ site, places }) => {
  const { arm, authorization, scopes } = places;
  const { principal, sees } = await onlooker(site, scopes.machine);
  const [outer, inner] = [await newGroup(arm, 'outer'), await newGroup(arm, 'inner')];
  await addMember(site, { arm, group: outer, member: inner });
  await addMember(site, { arm, group: inner, member: principal.objectId });
  const wish = { roleDefinitionId: roleIdAt(scopes.group, 'Reader'), principalId: outer };
  const made = await authorization.roleAssignments.create(scopes.group, randomUUID(), wish);
  expect(made).toMatchObject({ principalType: 'Group' });
  await settles('a member of a member sees the machine', sees);
  const filter = `assignedTo('${principal.objectId}')`;
  const held = await all(authorization.roleAssignments.listForScope(scopes.group, { filter }));
  expect(held.map(({ principalId }) => principalId)).toEqual([outer]);
  const left = await arm.send('DELETE', `/v1.0/groups/${inner}/members/${principal.objectId}/$ref`);
  expect(left).toMatchObject({ status: 204 });
  await settles('who left the group sees no machine', async () => !(await sees()));
});

const newGroup = async (arm: ArmClient, displayName: string): Promise<string> => {
  const body = { displayName, mailNickname: displayName, mailEnabled: false, securityEnabled: true };
  const answer = await arm.send('POST', '/v1.0/groups', { body });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body?.id ?? '';
};

const addMember = async (
  { bootstrap }: Site,
  { arm, group, member }: { arm: ArmClient; group: string; member: string },
): Promise<void> => {
  const body = { '@odata.id': `${bootstrap.endpoint}/v1.0/directoryObjects/${member}` };
  expect(await arm.send('POST', `/v1.0/groups/${group}/members/$ref`, { body })).toMatchObject({ status: 204 });
};

test.for(['2015-07-01', '2020-04-01-preview', '2022-04-01'])('grants at %s', async (version, { places }) => {
  const { arm, scopes, program } = places;
  const principalId = program.objectId;
  const properties = { roleDefinitionId: roleIdAt(scopes.group, 'User Access Administrator'), principalId };
  for (const scope of [scopes.subscription, scopes.group, scopes.machine]) {
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments`;
    const one = `${path}/${randomUUID()}?api-version=${version}`;
    expect(await arm.send('PUT', one, { body: { properties } })).toMatchObject({ status: 201 });
    const again = await arm.send('PUT', one, { body: { properties } });
    expect(again).toMatchObject({ status: version < '2022-04-01' ? 201 : 200 });
    expect(await arm.send('GET', one)).toMatchObject({ status: 200, body: again.body });
    const first = await arm.send(
      'GET',
      `${path}?api-version=${version}&$filter=principalId+eq+'${principalId}'&$top=1`,
    );
    expect(first).toMatchObject({ status: 200, body: { value: [{}] } });
    const second = await arm.send('GET', first.body?.nextLink ?? '');
    expect(second).toMatchObject({ status: 200, body: { value: [{}] } });
    expect(await arm.send('DELETE', one)).toMatchObject({ status: 200, body: again.body });
    expect(await arm.send('DELETE', one)).toMatchObject({ status: 204, body: undefined });
  }
});

test.for(['2018-01-01-preview', '2022-04-01', '2022-05-01-preview'])('roles at %s', async (version, { places }) => {
  const { arm, scopes } = places;
  const filters = ["$filter=roleName%20eq%20'Reader'", "$filter=roleName+eq+'Reader'", '$filter=atScopeAndBelow()', ''];
  for (const scope of ['', scopes.subscription, scopes.group, scopes.machine])
    for (const filter of filters) {
      const path = `${scope}/providers/Microsoft.Authorization/roleDefinitions`;
      const list = await arm.send('GET', `${path}?api-version=${version}&${filter}`);
      const reader = list.body?.value.find(({ name }) => name === roles.Reader);
      expect(reader).toMatchObject({ id: roleIdAt(scope, 'Reader'), properties: { roleName: 'Reader' } });
      expect(await arm.send('GET', `${reader?.id}?api-version=${version}`)).toMatchObject({ body: reader });
    }
});
