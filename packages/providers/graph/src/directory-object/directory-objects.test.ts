import { describe, expect, test } from 'vitest';
import { type Asker, createGraphHost } from '../graph-host.test-support.ts';
import { createGraphWorld, groups, people, programs, tenantId } from '../graph-world.test-support.ts';

const ask = createGraphHost(await createGraphWorld());
const ids = [people.member, groups.plain, programs.plain.principalId, people.foreigner, people.member, 'x'];
const typesOf = async (who: Asker, types?: readonly string[]) => {
  const { status, body } = await ask(who, 'POST /directoryObjects/getByIds', { ids, ...(types && { types }) });
  expect(status).toBe(200);
  return body.value.map((each: Record<string, string>) => each['@odata.type']?.replace('#microsoft.graph.', ''));
};
const program = (...permissions: string[]): Asker => ({ program: programs.plain.principalId, permissions });

describe('whose ids these are', () => {
  test.each<[readonly string[] | undefined, readonly string[]]>([
    [undefined, ['user', 'group', 'servicePrincipal']],
    [
      ['user', 'group', 'servicePrincipal', 'directoryObjectPartnerReference'],
      ['user', 'group', 'servicePrincipal'],
    ],
    [['User'], ['user']],
    [['directoryObject'], ['user', 'group', 'servicePrincipal']],
    [['device'], []],
  ])('is answered for types %j', async (types, wanted) => {
    expect(await typesOf('member', types)).toEqual(wanted);
  });

  test('is answered as far as the caller may read', async () => {
    expect(await typesOf(program())).toEqual([]);
    expect(await typesOf(program('User.Read.All'))).toEqual(['user']);
    expect(await typesOf(program('Group.Read.All', 'Application.Read.All'))).toEqual(['group', 'servicePrincipal']);
    expect(await typesOf({ person: people.member, scopes: 'User.Read' })).toEqual([]);
  });

  test('is asked one by one as well', async () => {
    expect((await ask('member', `GET /directoryObjects/${groups.plain}`)).body).toMatchObject({
      '@odata.type': '#microsoft.graph.group',
      id: groups.plain,
      displayName: 'plain group',
    });
    expect((await ask(program(), `GET /directoryObjects/${groups.plain}`)).status).toBe(403);
    for (const id of [people.foreigner, 'x', programs.plain.id])
      expect((await ask('administrator', `GET /directoryObjects/${id}`)).status).toBe(404);
  });

  test('is not asked for more than a thousand at once', async () => {
    const many = new Array(1001).fill(people.member);
    expect((await ask('member', 'POST /directoryObjects/getByIds', { ids: many })).status).toBe(400);
  });
});

describe('the tenant', () => {
  test('is the caller’s own', async () => {
    const verifiedDomains = [{ name: 't.example', isDefault: true }];
    expect((await ask('member', 'GET /organization')).body.value).toMatchObject([
      { id: tenantId, displayName: 'Contoso', verifiedDomains },
    ]);
    expect((await ask('member', `GET /organization/${tenantId}`)).body).toMatchObject({ id: tenantId });
    expect((await ask('foreigner', `GET /organization/${tenantId}`)).status).toBe(404);
    expect((await ask('member', 'GET /domains')).body.value).toMatchObject([{ id: 't.example', isVerified: true }]);
    expect((await ask('member', 'GET /domains/T.example')).status).toBe(200);
    expect((await ask('member', 'GET /domains/other.example')).status).toBe(404);
  });
});
