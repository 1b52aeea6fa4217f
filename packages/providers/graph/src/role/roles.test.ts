import { directoryRoles } from '@holdfast/directory';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pairId, parsePairId } from '../directory-object/pair-id.ts';
import { createGraphHost } from '../graph-host.test-support.ts';
import { createGraphWorld, groups, people, programs } from '../graph-world.test-support.ts';

const open = async () => createGraphHost(await createGraphWorld());
const { globalAdministrator, userAdministrator, directoryReaders } = directoryRoles;
const reference = (id: string) => ({ '@odata.id': `https://graph.example/v1.0/directoryObjects/${id}` });
const namesOf = ({ body }: { body: { value: { displayName: string }[] } }) =>
  body.value.map(({ displayName }) => displayName);
const assignments = '/roleManagement/directory/roleAssignments';

describe('directory roles', () => {
  test.each(['/directoryRoles', '/directoryRoleTemplates', '/roleManagement/directory/roleDefinitions'])(
    'are listed at %s',
    async (path) => {
      const ask = await open();
      expect(namesOf(await ask('reader', `GET ${path}`))).toEqual([
        'Global Administrator',
        'Application Administrator',
        'Cloud Application Administrator',
        'User Administrator',
        'Directory Readers',
      ]);
      const filter = encodeURIComponent("displayName eq 'user administrator'");
      expect(namesOf(await ask('reader', `GET ${path}?$filter=${filter}`))).toEqual(['User Administrator']);
      expect((await ask('reader', `GET ${path}/${directoryReaders}`)).body.displayName).toBe('Directory Readers');
      expect((await ask('reader', `GET ${path}/x`)).status).toBe(404);
      expect((await ask('reader', `GET ${path}?$filter=id%20ne%20%27x%27`)).status).toBe(400);
    },
  );

  test('are known by their template as well', async () => {
    const ask = await open();
    const { body } = await ask('reader', `GET /directoryRoles(roleTemplateId='${globalAdministrator}')/members`);
    expect(body.value).toMatchObject([
      { id: people.administrator },
      { id: people.secondAdministrator },
      { '@odata.type': '#microsoft.graph.servicePrincipal', id: programs.administering.principalId },
    ]);
  });
});

describe('a role', () => {
  test('is given and taken back, and its rights come and go', async () => {
    const ask = await open();
    const member = `/users/${people.owner}`;
    expect((await ask('member', `PATCH ${member}`, { jobTitle: 'x' })).status).toBe(403);
    const path = `/directoryRoles/${userAdministrator}/members`;
    expect((await ask('administrator', `POST ${path}/$ref`, reference(people.member))).status).toBe(204);
    expect((await ask('member', `PATCH ${member}`, { jobTitle: 'x' })).status).toBe(204);
    expect((await ask('administrator', `POST ${path}/$ref`, reference(people.member))).status).toBe(400);
    expect((await ask('administrator', `DELETE ${path}/${people.member}/$ref`)).status).toBe(204);
    expect((await ask('administrator', `DELETE ${path}/${people.member}/$ref`)).status).toBe(404);
    expect((await ask('member', `PATCH ${member}`, { jobTitle: 'x' })).status).toBe(403);
  });

  test('is given to whoever is in a group that has it', async () => {
    const ask = await open();
    const update = () => ask('member', `PATCH /users/${people.owner}`, { jobTitle: 'x' });
    expect((await update()).status).toBe(403);
    await ask('administrator', `POST /groups/${groups.within}/members/$ref`, reference(people.member));
    expect((await update()).status).toBe(204);
  });

  test('is assigned in the newer way, with an id that says of what', async () => {
    const ask = await open();
    const body = { principalId: people.member, roleDefinitionId: userAdministrator, directoryScopeId: '/' };
    const made = await ask('administrator', `POST ${assignments}`, body);
    expect(made).toMatchObject({ status: 201, body });
    const { id } = made.body;
    const filter = encodeURIComponent(
      `principalId eq '${people.member}' and roleDefinitionId eq '${userAdministrator}'`,
    );
    expect((await ask('reader', `GET ${assignments}?$filter=${filter}`)).body.value).toMatchObject([{ id }]);
    expect((await ask('reader', `GET ${assignments}/${id}`)).body).toMatchObject(body);
    expect((await ask('administrator', `POST ${assignments}`, body)).status).toBe(400);
    expect((await ask('administrator', `DELETE ${assignments}/${id}`)).status).toBe(204);
    for (const method of ['GET', 'DELETE'])
      expect((await ask('administrator', `${method} ${assignments}/${id}`)).status).toBe(404);
  });

  test.each<[number, object]>([
    [400, { directoryScopeId: `/administrativeUnits/${people.member}` }],
    [404, { principalId: people.foreigner }],
    [404, { roleDefinitionId: people.member }],
    [400, { condition: 'x' }],
  ])('%i: is not assigned with %j', async (status, change) => {
    const ask = await open();
    const body = { principalId: people.member, roleDefinitionId: userAdministrator, directoryScopeId: '/' };
    expect((await ask('administrator', `POST ${assignments}`, { ...body, ...change })).status).toBe(status);
  });

  test('is not listed by what cannot be asked for', async () => {
    const ask = await open();
    const filter = encodeURIComponent("startswith(principalId,'a')");
    expect((await ask('reader', `GET ${assignments}?$filter=${filter}`)).status).toBe(400);
    expect((await ask('reader', `GET ${assignments}`)).body.value.length).toBe(7);
  });
});

describe('the id of a pair', () => {
  test('names both, and nothing else does', () => {
    expect(parsePairId(pairId(people.member, userAdministrator))).toEqual([people.member, userAdministrator]);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        const pair = parsePairId(text);
        if (pair !== undefined) expect(pairId(...pair)).toBe(text);
      }),
    );
  });
});
