import { graphOperations, type Operation } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import { type Asker, createGraphHost, createRightsHost } from './graph-host.test-support.ts';
import { createGraphWorld, groups, machine, people, programs } from './graph-world.test-support.ts';
import { bodyFor, lineFor } from './requests.test-support.ts';

const operations = Object.values(graphOperations) as readonly Operation[];

const askForRights = createRightsHost(await createGraphWorld());

/** What somebody gets as far as the handler of; programs are told at /me that they have no such thing. */
const idsOf = async (who: Asker): Promise<readonly string[]> => {
  const passed = await Promise.all(
    operations.map(async (operation) => {
      const { status } = await askForRights(who, lineFor(operation), bodyFor(operation));
      expect(operation.id.startsWith('Me_') ? [200, 400, 403] : [200, 403]).toContain(status);
      return status === 200 ? [operation.id] : [];
    }),
  );
  return passed.flat();
};

const all = operations.map(({ id }) => id);
const where = (test: (operation: Operation) => boolean) => operations.filter(test).map(({ id }) => id);
const about = (...areas: string[]) =>
  where(({ action = '' }) => areas.some((area) => action.startsWith(`microsoft.directory/${area}/`)));
const mine = about('me', 'directoryObjects');
const readOf = (...areas: string[]) => {
  const within = about(...areas);
  return where(({ id, effect }) => effect === 'read' && within.includes(id));
};
/** Whoever owns no application makes no service principal: see below. */
const basics = [
  ...mine,
  ...readOf('users', 'groups', 'applications', 'servicePrincipals', 'organization'),
  'ServicePrincipals_Create',
].filter((id) => id !== 'Users_ListSoftwareOathMethods');
const reading = [...basics, ...readOf('directoryRoles', 'oAuth2PermissionGrants')];
const sorted = (ids: readonly string[]) => [...new Set(ids)].sort();

describe('who may do what', () => {
  test.each<[string, Asker, readonly string[]]>([
    ['a Global Administrator may do everything', 'administrator', all],
    ['a member of the tenant may read what is there', 'member', basics],
    ['a Directory Reader may read who administers, too', 'reader', reading],
    [
      'an Application Administrator manages applications and consents',
      'applicationAdministrator',
      [...reading, ...about('applications', 'servicePrincipals', 'oAuth2PermissionGrants')],
    ],
    ['a User Administrator manages people and groups', 'userAdministrator', [...reading, ...about('users', 'groups')]],
  ])('%s', async (_, who, wanted) => {
    expect(sorted(await idsOf(who))).toEqual(sorted(wanted));
  });

  const program = (...permissions: string[]): Asker => ({ program: programs.plain.principalId, permissions });
  const open = about('directoryObjects');
  test.each<[string, Asker, readonly string[]]>([
    ['a program without permissions may ask who somebody is, and learns nothing', program(), open],
    [
      'a program with User.Read.All reads people',
      program('User.Read.All'),
      [...open, ...readOf('users').filter((id) => id !== 'Users_ListSoftwareOathMethods')],
    ],
    [
      'a program with AuditLog.Read.All reads the sign-in log',
      program('AuditLog.Read.All'),
      [...open, ...about('signInReports')],
    ],
    [
      'a program with Application.ReadWrite.All manages applications',
      program('Application.ReadWrite.All'),
      [...open, ...about('applications', 'servicePrincipals')],
    ],
    [
      'a program with Policy.ReadWrite.ConditionalAccess manages policies',
      program('Policy.ReadWrite.ConditionalAccess'),
      [...open, ...about('conditionalAccessPolicies', 'namedLocations')],
    ],
    ['a machine may do nothing of it', { program: machine, permissions: [] }, open],
    [
      'a program that holds a directory role has its rights',
      { program: programs.administering.principalId, permissions: [] },
      all.filter((id) => !id.startsWith('Me_')),
    ],
  ])('%s', async (_, who, wanted) => {
    expect(sorted(await idsOf(who))).toEqual(sorted(wanted));
  });

  test('a program in between may do no more than it was allowed', async () => {
    const reader: Asker = { person: people.administrator, scopes: 'User.Read' };
    const little = readOf('me', 'organization').filter((id) => id !== 'Me_ListSoftwareOathMethods');
    expect(sorted(await idsOf(reader))).toEqual(sorted([...little, ...open]));
  });
});

describe('an owner manages what is owned, without a role', () => {
  test.each<[number, Asker, string, unknown]>([
    [204, 'owner', `PATCH /applications/${programs.owned.id}`, { displayName: 'x' }],
    [204, 'owner', `PATCH /applications(appId='${programs.owned.appId}')`, { displayName: 'x' }],
    [200, 'owner', `POST /applications/${programs.owned.id}/addPassword`, {}],
    [204, 'owner', `DELETE /servicePrincipals/${programs.owned.principalId}`, undefined],
    [204, 'owner', `PATCH /servicePrincipals(appId='${programs.owned.appId}')`, { accountEnabled: false }],
    [204, 'owner', `DELETE /groups/${groups.owned}`, undefined],
    [403, 'owner', `PATCH /applications/${programs.plain.id}`, { displayName: 'x' }],
    [403, 'owner', `PATCH /applications(appId='${programs.plain.appId}')`, { displayName: 'x' }],
    [403, 'member', `PATCH /applications/${programs.owned.id}`, { displayName: 'x' }],
    [403, 'owner', `DELETE /groups/${groups.plain}`, undefined],
    [403, 'owner', 'POST /applications', { displayName: 'x' }],
    [
      403,
      { person: people.owner, scopes: 'User.Read' },
      `PATCH /applications/${programs.owned.id}`,
      { displayName: 'x' },
    ],
    [
      204,
      { person: people.owner, scopes: 'Application.ReadWrite.All' },
      `PATCH /applications/${programs.owned.id}`,
      { displayName: 'x' },
    ],
  ])('%i: %j %s', async (status, who, line, body) => {
    const ask = createGraphHost(await createGraphWorld());
    expect((await ask(who, line, body)).status).toBe(status);
  });

  test('and makes service principals of the applications owned, and of no others', async () => {
    const world = await createGraphWorld();
    const { tenantId, id } = { tenantId: '11111111-1111-4111-8111-111111111111', id: programs.owned.principalId };
    await world.servicePrincipals.delete(tenantId as never, id);
    await world.servicePrincipals.delete(tenantId as never, programs.plain.principalId);
    const ask = createGraphHost(world);
    expect((await ask('owner', 'POST /servicePrincipals', { appId: programs.plain.appId })).status).toBe(403);
    expect((await ask('owner', 'POST /servicePrincipals', { appId: programs.owned.appId })).status).toBe(201);
    expect(
      (await ask('applicationAdministrator', 'POST /servicePrincipals', { appId: programs.plain.appId })).status,
    ).toBe(201);
  });

  test('a program only with Application.ReadWrite.OwnedBy', async () => {
    const world = await createGraphWorld();
    const maker = programs.plain.principalId;
    const ask = createGraphHost(world);
    const permitted: Asker = { program: maker, permissions: ['Application.ReadWrite.OwnedBy'] };
    const made = await ask(permitted, 'POST /applications', { displayName: 'made' });
    expect(made.status).toBe(201);
    expect((await ask(permitted, 'POST /servicePrincipals', { appId: made.body.appId })).status).toBe(201);
    expect((await ask(permitted, `POST /applications/${made.body.id}/addPassword`, {})).status).toBe(200);
    expect((await ask(permitted, `POST /applications/${programs.owned.id}/addPassword`, {})).status).toBe(403);
    const reader: Asker = { program: maker, permissions: ['Application.Read.All'] };
    expect((await ask(reader, `POST /applications/${made.body.id}/addPassword`, {})).status).toBe(403);
  });
});
