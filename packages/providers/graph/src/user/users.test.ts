import { describe, expect, test } from 'vitest';
import { createGraphHost, graphOrigin } from '../graph-host.test-support.ts';
import {
  createGraphWorld,
  domain,
  groups,
  now,
  people,
  programs,
  tenantId,
  userNamed,
} from '../graph-world.test-support.ts';

const open = async () => {
  const world = await createGraphWorld();
  return { world, ask: createGraphHost(world) };
};
const newUser = {
  accountEnabled: true,
  displayName: 'Fay',
  mailNickname: 'fay',
  userPrincipalName: `fay@${domain}`,
  passwordProfile: { password: 'several words in a row', forceChangePasswordNextSignIn: false },
};
const codeOf = ({ body }: { body: { error?: { code: string } } }) => body?.error?.code;

describe('people', () => {
  test('are listed page by page, each once, with links of the directory’s API', async () => {
    const { ask } = await open();
    const seen: string[] = [];
    let line: string | undefined = 'GET /users?$top=3&$select=userPrincipalName';
    while (line !== undefined) {
      const { body }: Awaited<ReturnType<typeof ask>> = await ask('member', line);
      expect(body['@odata.context']).toBe(`${graphOrigin}/v1.0/$metadata#users`);
      seen.push(...body.value.map((each: object) => JSON.stringify(each)));
      const link: string | undefined = body['@odata.nextLink'];
      if (link !== undefined) expect(link).toMatch(/^https:\/\/graph\.example\/v1\.0\/users\?/);
      line = link && `GET ${link}`;
    }
    const names = Object.keys(people).filter((name) => name !== 'foreigner');
    expect(seen).toEqual(names.map((name) => JSON.stringify({ userPrincipalName: `${name}@${domain}` })));
  });

  test.each([
    [`userPrincipalName eq 'MEMBER@${domain}'`, ['member']],
    ["startswith(displayName,'sec')", ['secondAdministrator']],
    ["mailNickname eq 'reader' and accountEnabled eq true", ['reader']],
    ['accountEnabled eq false', []],
    [`userPrincipalName eq 'foreigner@other.example'`, []],
  ])('are found by %s', async (filter, names) => {
    const { ask } = await open();
    const { body } = await ask('member', `GET /users?$filter=${encodeURIComponent(filter)}`);
    expect(body.value.map(({ displayName }: { displayName: string }) => displayName)).toEqual(names);
  });

  test.each([people.member, `member@${domain}`, `MEMBER@${domain.toUpperCase()}`, people.member.toUpperCase()])(
    'are known as %s',
    async (key) => {
      const { ask } = await open();
      expect(await ask('member', `GET /users/${key}`)).toMatchObject({
        status: 200,
        body: { id: people.member, userPrincipalName: `member@${domain}`, accountEnabled: true, mail: null },
      });
    },
  );

  test.each(['nobody@t.example', 'x', people.foreigner, 'foreigner@other.example'])(
    'are not there as %s',
    async (key) => {
      const { ask } = await open();
      const reply = await ask('administrator', `GET /users/${key}`);
      expect([reply.status, codeOf(reply)]).toEqual([404, 'Request_ResourceNotFound']);
    },
  );

  test('never show a password, a hash or a second factor', async () => {
    const { ask } = await open();
    const { body } = await ask('administrator', `GET /users/${people.member}`);
    expect(Object.keys(body).filter((name) => /hash|totp|passwordProfile|secret/i.test(name))).toEqual([]);
  });
});

describe('a new person', () => {
  test('is created, and is there by name', async () => {
    const { ask, world } = await open();
    const reply = await ask('userAdministrator', 'POST /users', { ...newUser, jobTitle: 'Operator' });
    expect(reply).toMatchObject({
      status: 201,
      body: { userPrincipalName: newUser.userPrincipalName, jobTitle: 'Operator' },
    });
    expect(await world.users.findByName(tenantId, newUser.userPrincipalName)).toMatchObject({
      mustChangePassword: false,
      passwordHash: 'wor a ni sdrow lareves',
      profile: { mailNickname: 'fay', jobTitle: 'Operator' },
    });
  });

  test('must choose another password, unless it is said otherwise', async () => {
    const { ask, world } = await open();
    await ask('userAdministrator', 'POST /users', {
      ...newUser,
      passwordProfile: { password: 'several words in a row' },
    });
    expect(await world.users.findByName(tenantId, newUser.userPrincipalName)).toMatchObject({
      mustChangePassword: true,
    });
  });

  test.each<[number, string, object, RegExp]>([
    [400, 'Request_BadRequest', { userPrincipalName: `member@${domain}` }, /Another object with the same value/],
    [400, 'Request_BadRequest', { userPrincipalName: `MEMBER@${domain}` }, /userPrincipalName already exists/],
    [400, 'Request_BadRequest', { userPrincipalName: 'fay@other.example' }, /verified domain/],
    [400, 'Request_BadRequest', { userPrincipalName: `fay@x@${domain}` }, /domain/],
    [400, 'Request_BadRequest', { userPrincipalName: `@${domain}` }, /before the @/],
    [400, 'Request_BadRequest', { userPrincipalName: `f y@${domain}` }, /before the @/],
    [400, 'Request_BadRequest', { userPrincipalName: `fay.@${domain}` }, /before the @/],
    [400, 'Request_BadRequest', { passwordProfile: { password: 'short' } }, /complexity requirements. It is too short/],
    [400, 'Request_BadRequest', { passwordProfile: {} }, /password/],
    [400, 'Request_BadRequest', { displayName: '' }, /displayName/],
    [400, 'Request_BadRequest', { isAdmin: true }, /isAdmin/],
    [400, 'Request_BadRequest', { passwordProfile: { password: 'x'.repeat(2000) } }, /password/],
  ])('%i %s: %j', async (status, code, change, words) => {
    const { ask } = await open();
    const reply = await ask('userAdministrator', 'POST /users', { ...newUser, ...change });
    expect([reply.status, codeOf(reply)]).toEqual([status, code]);
    expect(reply.body.error.message).toMatch(words);
    expect(JSON.stringify(reply.body)).not.toContain('xxxx');
  });
});

describe('a change of a person', () => {
  const patched = async (body: object, who: 'userAdministrator' | 'administrator' = 'userAdministrator') => {
    const { ask, world } = await open();
    const reply = await ask(who, `PATCH /users/member@${domain}`, body);
    return { reply, user: await world.users.find(tenantId, people.member) };
  };

  test('keeps what is absent and takes away what is null', async () => {
    const { reply, user } = await patched({ givenName: 'Mem', mailNickname: 'm' });
    expect(reply).toEqual({ status: 204, body: undefined });
    expect(user).toMatchObject({ displayName: 'member', profile: { mailNickname: 'm', givenName: 'Mem' } });
    expect(user?.tokensValidFrom).toEqual(new Date(0));
    const { ask, world } = await open();
    await ask('userAdministrator', `PATCH /users/${people.member}`, { jobTitle: 'x' });
    await ask('userAdministrator', `PATCH /users/${people.member}`, { jobTitle: null });
    expect((await world.users.find(tenantId, people.member))?.profile).toEqual({ mailNickname: 'member' });
  });

  test('of the password ends what was signed in', async () => {
    const { user } = await patched({ passwordProfile: { password: 'several words in a row' } });
    expect(user).toMatchObject({ mustChangePassword: true, tokensValidFrom: now, passwordChangedAt: now });
  });

  test('can make the next sign-in choose another password, and leaves it', async () => {
    const { user } = await patched({ passwordProfile: { forceChangePasswordNextSignIn: true } });
    expect(user).toMatchObject({ mustChangePassword: true, tokensValidFrom: new Date(0) });
  });

  test('that disables ends what was signed in; that enables does not', async () => {
    expect((await patched({ accountEnabled: false })).user).toMatchObject({ enabled: false, tokensValidFrom: now });
    expect((await patched({ accountEnabled: true })).user).toMatchObject({
      enabled: true,
      tokensValidFrom: new Date(0),
    });
  });

  test('needs an action of its own for a password and for switching off', async () => {
    const { ask } = await open();
    const writer = { program: programs.plain.principalId, permissions: ['User.ReadWrite.All'] };
    const to = (body: object) => ask(writer, `PATCH /users/${people.member}`, body);
    expect((await to({ jobTitle: 'x' })).status).toBe(204);
    expect((await to({ accountEnabled: false })).status).toBe(204);
    expect((await to({ passwordProfile: { password: 'several words in a row' } })).status).toBe(403);
  });

  test.each<[object, RegExp]>([
    [{ userPrincipalName: `reader@${domain}` }, /already exists/],
    [{ userPrincipalName: 'm@other.example' }, /verified domain/],
    [{ passwordProfile: { password: 'short' } }, /complexity/],
    [{ id: people.reader }, /'id'/],
  ])('%j is refused', async (body, words) => {
    const { reply } = await patched(body);
    expect(reply.status).toBe(400);
    expect(reply.body.error.message).toMatch(words);
  });

  test('gives no password to somebody who signs in elsewhere', async () => {
    const { ask, world } = await open();
    const external = { providerId: people.reader, subject: 's' };
    await world.users.update({
      ...userNamed('member', { id: people.member, tenantId }),
      external,
      passwordHash: undefined,
    });
    const body = { passwordProfile: { password: 'several words in a row' } };
    const reply = await ask('administrator', `PATCH /users/${people.member}`, body);
    expect([reply.status, codeOf(reply)]).toEqual([400, 'Request_BadRequest']);
  });
});

describe('an administrator of people', () => {
  test('signs somebody out everywhere', async () => {
    const { ask, world } = await open();
    const reply = await ask('userAdministrator', `POST /users/${people.member}/revokeSignInSessions`);
    expect(reply).toMatchObject({ status: 200, body: { value: true } });
    expect(await world.users.find(tenantId, people.member)).toMatchObject({ tokensValidFrom: now });
  });

  test('takes away a lost authenticator, whose secret nobody sees', async () => {
    const { ask, world } = await open();
    const path = `/users/${people.member}/authentication/softwareOathMethods`;
    expect((await ask('userAdministrator', `GET ${path}`)).body.value).toEqual([
      { '@odata.type': '#microsoft.graph.softwareOathAuthenticationMethod', id: people.member, secretKey: null },
    ]);
    expect((await ask('userAdministrator', `DELETE ${path}/${people.reader}`)).status).toBe(404);
    expect((await ask('userAdministrator', `DELETE ${path}/${people.member}`)).status).toBe(204);
    expect((await ask('userAdministrator', `GET ${path}`)).body.value).toEqual([]);
    expect((await world.users.find(tenantId, people.member))?.totp).toBeUndefined();
  });

  test('deletes somebody, and not twice', async () => {
    const { ask } = await open();
    expect((await ask('userAdministrator', `DELETE /users/member@${domain}`)).status).toBe(204);
    expect((await ask('userAdministrator', `DELETE /users/member@${domain}`)).status).toBe(404);
  });
});

describe('the groups of a person', () => {
  test.each([`/users/${people.member}`, '/me', `/directoryObjects/${people.member}`])('at %s', async (path) => {
    const { ask, world } = await open();
    await world.memberships.add({ tenantId, groupId: groups.owned, memberId: groups.plain });
    const groupIds = [groups.owned, groups.administering, 'x'];
    expect((await ask('member', `POST ${path}/checkMemberGroups`, { groupIds })).body.value).toEqual([groups.owned]);
    const all = await ask('member', `POST ${path}/getMemberGroups`, { securityEnabledOnly: false });
    expect(all.body.value).toEqual([groups.plain, groups.owned]);
    if (path.startsWith('/directoryObjects')) return;
    const idsAt = async (name: string) => {
      const { body } = await ask('member', `GET ${path}/${name}`);
      return body.value.map((each: Record<string, string>) => [each['@odata.type'], each['id']]);
    };
    expect(await idsAt('memberOf')).toEqual([['#microsoft.graph.group', groups.plain]]);
    expect(await idsAt('transitiveMemberOf')).toHaveLength(2);
  });
});

describe('oneself', () => {
  test('is who asks', async () => {
    const { ask } = await open();
    expect(await ask('member', 'GET /me?$select=id')).toMatchObject({ status: 200, body: { id: people.member } });
  });

  test('owns what it owns', async () => {
    const { ask } = await open();
    const { body } = await ask('owner', 'GET /me/ownedObjects?$select=id');
    const types = body.value.map((each: Record<string, string>) => each['@odata.type']);
    expect(new Set(types)).toEqual(
      new Set(['#microsoft.graph.group', '#microsoft.graph.application', '#microsoft.graph.servicePrincipal']),
    );
    expect(body.value.map((each: Record<string, string>) => each['id'])).toContain(programs.owned.id);
  });

  const change = { currentPassword: 'current-password-of-many-words', newPassword: 'several words in a row' };
  test('changes its password knowing the old one, and is signed out', async () => {
    const { ask, world } = await open();
    expect((await ask('member', 'POST /me/changePassword', change)).status).toBe(204);
    expect(await world.users.find(tenantId, people.member)).toMatchObject({
      tokensValidFrom: now,
      mustChangePassword: false,
      passwordHash: 'wor a ni sdrow lareves',
    });
  });

  test.each<[object, RegExp]>([
    [{ currentPassword: 'wrong' }, /does not match the current password/],
    [{ newPassword: 'short' }, /complexity/],
    [{ newPassword: change.currentPassword }, /must differ/],
  ])('does not by %j', async (wrong, words) => {
    const { ask, world } = await open();
    const reply = await ask('member', 'POST /me/changePassword', { ...change, ...wrong });
    expect(reply.status).toBe(400);
    expect(reply.body.error.message).toMatch(words);
    expect(await world.users.find(tenantId, people.member)).toMatchObject({ tokensValidFrom: new Date(0) });
  });

  test('is nothing that a program has', async () => {
    const { ask } = await open();
    const reply = await ask({ program: programs.plain.principalId, permissions: ['User.Read.All'] }, 'GET /me');
    expect([reply.status, codeOf(reply)]).toEqual([400, 'Request_BadRequest']);
  });

  test('may see that it has an authenticator, and signs out everywhere', async () => {
    const { ask, world } = await open();
    expect((await ask('member', 'GET /me/authentication/softwareOathMethods')).body.value).toHaveLength(1);
    const path = `/me/authentication/softwareOathMethods/${people.member}`;
    expect((await ask('member', `DELETE ${path}`)).status).toBe(404);
    expect((await ask('member', 'POST /me/revokeSignInSessions')).status).toBe(200);
    expect(await world.users.find(tenantId, people.member)).toMatchObject({ tokensValidFrom: now });
  });
});
