import { describe, expect, test } from 'vitest';
import { createGraphHost } from '../graph-host.test-support.ts';
import { createGraphWorld, people, programs, tenantId } from '../graph-world.test-support.ts';

const open = async () => {
  const world = await createGraphWorld();
  return { world, ask: createGraphHost(world) };
};
const who = 'applicationAdministrator';
const graph = '00000003-0000-0000-c000-000000000000';
const path = '/oauth2PermissionGrants';
const grant = {
  clientId: programs.plain.principalId,
  consentType: 'AllPrincipals',
  principalId: null,
  resourceId: graph,
  scope: 'User.Read  Group.Read.All User.Read',
};

describe('an administrator’s consent', () => {
  test('is given in everybody’s name, and kept under the resource as tokens know it', async () => {
    const { ask, world } = await open();
    const made = await ask(who, `POST ${path}`, grant);
    expect(made).toMatchObject({ status: 201, body: { ...grant, scope: 'User.Read Group.Read.All' } });
    expect(await world.consents.list(tenantId)).toMatchObject([
      { appId: programs.plain.appId, userId: undefined, resource: graph, scopes: ['User.Read', 'Group.Read.All'] },
    ]);
  });

  test.each([
    [programs.owned.principalId, 'api://owned'],
    ['797f4846-ba00-4fd7-ba43-dac1f8f63013', '797f4846-ba00-4fd7-ba43-dac1f8f63013'],
  ])('is about %s as %s', async (resourceId, resource) => {
    const { ask, world } = await open();
    const made = await ask(who, `POST ${path}`, { ...grant, resourceId, scope: 'user_impersonation' });
    expect(made.body).toMatchObject({ resourceId, clientId: programs.plain.principalId });
    expect(await world.consents.list(tenantId)).toMatchObject([{ resource }]);
  });

  test('is found as az looks for it, changed and taken back', async () => {
    const { ask } = await open();
    const { body } = await ask(who, `POST ${path}`, grant);
    await ask(who, `POST ${path}`, { ...grant, consentType: 'Principal', principalId: people.member });
    const find = async (filter: string) =>
      (await ask('reader', `GET ${path}?$filter=${encodeURIComponent(filter)}`)).body.value;
    expect(await find(`clientId eq '${grant.clientId}'`)).toHaveLength(2);
    expect(await find(`principalId eq '${people.member}'`)).toMatchObject([{ consentType: 'Principal' }]);
    expect(await find(`clientId eq '${grant.clientId}' and consentType eq 'AllPrincipals'`)).toHaveLength(1);
    expect(await find(`clientId eq '${people.member}'`)).toEqual([]);
    expect((await ask('reader', `GET ${path}?$filter=scope%20eq%20%27x%27`)).status).toBe(400);
    expect((await ask(who, `PATCH ${path}/${body.id}`, { scope: 'openid' })).status).toBe(204);
    expect((await ask('reader', `GET ${path}/${body.id}`)).body.scope).toBe('openid');
    expect((await ask(who, `DELETE /oAuth2PermissionGrants/${body.id}`)).status).toBe(204);
    expect((await ask(who, `DELETE ${path}/${body.id}`)).status).toBe(404);
  });

  test.each<[number, object]>([
    [404, { clientId: people.member }],
    [404, { clientId: programs.foreign.principalId }],
    [404, { resourceId: programs.foreign.principalId }],
    [404, { consentType: 'Principal', principalId: people.foreigner }],
    [400, { consentType: 'Principal' }],
    [400, { consentType: 'AllPrincipals', principalId: people.member }],
    [400, { consentType: 'Everybody' }],
    [400, { scope: '' }],
    [400, { scope: 'a/b' }],
  ])('%i: is not given with %j', async (status, change) => {
    const { ask } = await open();
    expect((await ask(who, `POST ${path}`, { ...grant, ...change })).status).toBe(status);
  });

  test('is given once: another would add to it', async () => {
    const { ask } = await open();
    await ask(who, `POST ${path}`, grant);
    expect((await ask(who, `POST ${path}`, { ...grant, scope: 'openid' })).status).toBe(409);
  });
});
