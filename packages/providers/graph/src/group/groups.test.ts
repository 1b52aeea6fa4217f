import { describe, expect, test } from 'vitest';
import { createGraphHost } from '../graph-host.test-support.ts';
import { createGraphWorld, groups, people, programs } from '../graph-world.test-support.ts';

const open = async () => createGraphHost(await createGraphWorld());
const who = 'userAdministrator';
const plain = `/groups/${groups.plain}`;
const reference = (id: string) => ({ '@odata.id': `https://graph.example/v1.0/directoryObjects/${id}` });
const idsOf = ({ body }: { body: { value: { id: string }[] } }) => body.value.map(({ id }) => id);

describe('a group', () => {
  const wanted = { displayName: 'ops', mailNickname: 'ops', mailEnabled: false, securityEnabled: true };
  test('is made as az makes it, and belongs to whoever made it', async () => {
    const ask = await open();
    const made = await ask(who, 'POST /groups', wanted);
    expect(made).toMatchObject({ status: 201, body: { ...wanted, description: null, groupTypes: [] } });
    expect(idsOf(await ask('member', `GET /groups/${made.body.id}/owners`))).toEqual([people[who]]);
    const filter = encodeURIComponent("displayName eq 'ops' and mailNickname eq 'ops'");
    expect(idsOf(await ask('member', `GET /groups?$filter=${filter}`))).toEqual([made.body.id]);
  });

  test.each([
    { mailEnabled: true },
    { securityEnabled: false },
    { groupTypes: ['Unified'] },
    { displayName: '' },
    { isAssignableToRole: true },
  ])('is not made with %j', async (change) => {
    const ask = await open();
    expect((await ask(who, 'POST /groups', { ...wanted, ...change })).status).toBe(400);
  });

  test('is changed and deleted', async () => {
    const ask = await open();
    expect((await ask(who, `PATCH ${plain}`, { displayName: 'renamed', description: 'd' })).status).toBe(204);
    expect((await ask(who, `PATCH ${plain}`, { mailNickname: 'n' })).status).toBe(204);
    expect((await ask('member', `GET ${plain}`)).body).toMatchObject({
      displayName: 'renamed',
      description: 'd',
      mailNickname: 'n',
    });
    await ask(who, `PATCH ${plain}`, { description: null });
    expect((await ask('member', `GET ${plain}?$select=description`)).body.description).toBeNull();
    expect((await ask(who, `DELETE ${plain}`)).status).toBe(204);
    expect((await ask(who, `DELETE ${plain}`)).status).toBe(404);
  });

  test('is known by its id alone', async () => {
    const ask = await open();
    for (const key of ['x', people.member, groups.foreign])
      expect((await ask('administrator', `GET /groups/${key}`)).status).toBe(404);
  });
});

describe('the members of a group', () => {
  test('are people, programs and groups, each once', async () => {
    const ask = await open();
    const add = (id: string) => ask(who, `POST ${plain}/members/$ref`, reference(id));
    for (const id of [people.reader, programs.plain.principalId, groups.owned])
      expect((await add(id)).status).toBe(204);
    const again = await add(people.reader);
    expect(again.body.error.message).toMatch(/added object references already exist .*'members'/);
    const { body } = await ask('member', `GET ${plain}/members`);
    expect(body.value.map((each: Record<string, string>) => each['@odata.type'])).toEqual([
      '#microsoft.graph.user',
      '#microsoft.graph.user',
      '#microsoft.graph.servicePrincipal',
      '#microsoft.graph.group',
    ]);
  });

  test('are found within groups within', async () => {
    const ask = await open();
    await ask(who, `POST /groups/${groups.owned}/members/$ref`, reference(groups.plain));
    expect(idsOf(await ask('member', `GET /groups/${groups.owned}/members`))).toEqual([groups.plain]);
    expect(idsOf(await ask('member', `GET /groups/${groups.owned}/transitiveMembers`))).toEqual([
      groups.plain,
      people.member,
    ]);
    expect(idsOf(await ask('member', `GET ${plain}/memberOf`))).toEqual([groups.owned]);
    const asked = await ask('member', `POST ${plain}/getMemberGroups`, { securityEnabledOnly: true });
    expect(asked.body.value).toEqual([groups.owned]);
  });

  test('may be checked as az checks them', async () => {
    const ask = await open();
    const check = (groupId: string) =>
      ask('member', `POST /directoryObjects/${people.member}/checkMemberGroups`, { groupIds: [groupId] });
    expect((await check(groups.plain)).body.value).toEqual([groups.plain]);
    expect((await check(groups.owned)).body.value).toEqual([]);
  });

  test('leave, and not twice', async () => {
    const ask = await open();
    const leave = () => ask(who, `DELETE ${plain}/members/${people.member}/$ref`);
    expect((await leave()).status).toBe(204);
    expect((await leave()).status).toBe(404);
  });

  test.each<[number, string]>([
    [400, groups.plain],
    [404, people.foreigner],
    [404, groups.foreign],
    [404, programs.plain.id],
  ])('%i: %s is not one', async (status, id) => {
    const ask = await open();
    expect((await ask(who, `POST ${plain}/members/$ref`, reference(id))).status).toBe(status);
  });

  test('are the owner’s to choose', async () => {
    const ask = await open();
    const add = (to: string) => ask('owner', `POST /groups/${to}/members/$ref`, reference(people.reader));
    expect((await add(groups.owned)).status).toBe(204);
    expect((await add(groups.plain)).status).toBe(403);
    expect((await ask('owner', `POST /groups/${groups.owned}/owners/$ref`, reference(people.member))).status).toBe(204);
    expect((await ask('member', `DELETE /groups/${groups.owned}/members/${people.reader}/$ref`)).status).toBe(204);
  });
});
