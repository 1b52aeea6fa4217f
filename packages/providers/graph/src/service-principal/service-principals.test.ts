import { directoryPermissions } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import { createGraphHost } from '../graph-host.test-support.ts';
import { createGraphWorld, groups, machine, programs, tenantId } from '../graph-world.test-support.ts';

const open = async () => {
  const world = await createGraphWorld();
  return { world, ask: createGraphHost(world) };
};
const who = 'applicationAdministrator';
const graph = '00000003-0000-0000-c000-000000000000';
const plain = `/servicePrincipals/${programs.plain.principalId}`;

describe('service principals', () => {
  test.each<[string, readonly string[]]>([
    [`servicePrincipalNames/any(c:c eq '${programs.plain.appId}')`, [programs.plain.principalId]],
    [`servicePrincipalNames/any(c:c eq 'api://plain')`, [programs.plain.principalId]],
    [`servicePrincipalNames/any(x:x eq 'nobody')`, []],
    [`appId eq '${programs.owned.appId}'`, [programs.owned.principalId]],
    ["displayName eq 'plain program'", [programs.plain.principalId]],
    ["startswith(displayName,'machine')", [machine]],
    ["servicePrincipalType eq 'ManagedIdentity'", [machine]],
    [`appId eq '${programs.foreign.appId}'`, []],
    // APIs of ours are there for whoever asks by name, though no tenant keeps them.
    [`servicePrincipalNames/any(c:c eq '${graph}')`, [graph]],
    ["servicePrincipalNames/any(c:c eq 'https://graph.microsoft.com/')", [graph]],
    [`appId eq '${graph}'`, [graph]],
    ["servicePrincipalNames/any(c:c eq 'https://management.azure.com')", ['797f4846-ba00-4fd7-ba43-dac1f8f63013']],
  ])('are found by %s', async (filter, ids) => {
    const { ask } = await open();
    const { body } = await ask('member', `GET /servicePrincipals?$filter=${encodeURIComponent(filter)}`);
    expect(body.value.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  test('say what a client needs to know', async () => {
    const { ask } = await open();
    expect((await ask('member', `GET ${plain}`)).body).toMatchObject({
      id: programs.plain.principalId,
      appId: programs.plain.appId,
      accountEnabled: true,
      servicePrincipalType: 'Application',
      servicePrincipalNames: [programs.plain.appId, 'api://plain'],
      appOwnerOrganizationId: tenantId,
    });
    const byAppId = await ask('member', `GET /servicePrincipals(appId='${programs.plain.appId}')`);
    expect(byAppId.body.id).toBe(programs.plain.principalId);
  });

  test('of the directory’s API lists the permissions there are', async () => {
    const { ask } = await open();
    const { body } = await ask('member', `GET /servicePrincipals/${graph}`);
    const names = (list: { value: string }[]) => list.map(({ value }) => value);
    expect(names(body.appRoles)).toContain('Application.ReadWrite.OwnedBy');
    expect(names(body.oauth2PermissionScopes)).toContain('Directory.AccessAsUser.All');
    expect(names(body.appRoles)).not.toContain('Directory.AccessAsUser.All');
    expect(body.appRoles.length + body.oauth2PermissionScopes.length).toBeGreaterThan(directoryPermissions.length);
    expect((await ask('administrator', `PATCH /servicePrincipals/${graph}`, { accountEnabled: false })).status).toBe(
      404,
    );
  });

  test('are made once for an application of the tenant', async () => {
    const { ask } = await open();
    const again = await ask(who, 'POST /servicePrincipals', { appId: programs.plain.appId });
    expect([again.status, again.body.error.code]).toEqual([409, 'Request_MultipleObjectsWithSameKeyValue']);
    for (const appId of [programs.foreign.appId, graph, 'eeeeeeee-0000-4000-8000-000000000001'])
      expect((await ask(who, 'POST /servicePrincipals', { appId })).status).toBe(400);
    expect((await ask(who, `DELETE ${plain}`)).status).toBe(204);
    const made = await ask(who, 'POST /servicePrincipals', { appId: programs.plain.appId.toUpperCase(), tags: ['t'] });
    expect(made).toMatchObject({ status: 201, body: { appId: programs.plain.appId, tags: ['t'] } });
    expect((await ask(who, `GET /applications/${programs.plain.id}`)).status).toBe(200);
  });

  test('are switched off and on', async () => {
    const { ask } = await open();
    for (const accountEnabled of [false, true]) {
      expect((await ask(who, `PATCH ${plain}`, { accountEnabled })).status).toBe(204);
      expect((await ask(who, `GET ${plain}`)).body.accountEnabled).toBe(accountEnabled);
    }
  });

  test('are in groups, and own what they own', async () => {
    const { ask, world } = await open();
    const memberId = programs.plain.principalId;
    await world.memberships.add({ tenantId, groupId: groups.owned, memberId });
    await world.owners.add({ tenantId, objectId: programs.owned.id, ownerId: memberId });
    expect((await ask('member', `GET ${plain}/memberOf`)).body.value).toMatchObject([{ id: groups.owned }]);
    expect((await ask('member', `GET ${plain}/ownedObjects`)).body.value).toMatchObject([{ id: programs.owned.id }]);
    const groupIds = [groups.plain, groups.owned];
    expect((await ask('member', `POST ${plain}/checkMemberGroups`, { groupIds })).body.value).toEqual([groups.owned]);
  });
});

describe('a permission on the directory’s API', () => {
  const appRoleId = directoryPermissions.find(({ name }) => name === 'Application.ReadWrite.OwnedBy')?.appRoleId;
  const assignment = { principalId: programs.plain.principalId, resourceId: graph, appRoleId };
  const path = `${plain}/appRoleAssignments`;

  test('is given to a program, listed, and taken back', async () => {
    const { ask, world } = await open();
    const permissions = async () =>
      (await world.servicePrincipals.find(tenantId, programs.plain.principalId))?.permissions;
    const made = await ask('administrator', `POST ${path}`, assignment);
    expect(made).toMatchObject({ status: 201, body: { ...assignment, resourceDisplayName: 'Microsoft Graph' } });
    expect(await permissions()).toEqual(['Application.ReadWrite.OwnedBy']);
    expect((await ask('member', `GET ${path}`)).body.value).toMatchObject([{ id: made.body.id, appRoleId }]);
    expect((await ask('administrator', `POST ${path}`, assignment)).status).toBe(400);
    expect((await ask('administrator', `DELETE ${path}/${made.body.id}`)).status).toBe(204);
    expect((await ask('administrator', `DELETE ${path}/${made.body.id}`)).status).toBe(404);
    expect(await permissions()).toEqual([]);
  });

  test.each([
    { resourceId: programs.owned.principalId },
    { appRoleId: 'eeeeeeee-0000-4000-8000-000000000001' },
    { principalId: programs.owned.principalId },
    // Only people have others act for them.
    { appRoleId: '0e263e50-5827-48a4-b97c-d940288653c7' },
  ])('is not given as %j', async (change) => {
    const { ask } = await open();
    expect((await ask('administrator', `POST ${path}`, { ...assignment, ...change })).status).toBe(400);
  });

  test.each(['applicationAdministrator', 'userAdministrator', 'owner'] as const)(
    'is not %s’s to give',
    async (asker) => {
      const { ask } = await open();
      expect((await ask(asker, `POST ${path}`, assignment)).status).toBe(403);
    },
  );
});
