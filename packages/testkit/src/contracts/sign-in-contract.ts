import type { Condition, SignIn, SignInField, SignInQuery, Tenant } from '@holdfast/directory';
import { addMs, minutes } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { createSignInFixtures } from '../sign-in-fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';
import { equals, everything, forgedPages, pagesOf, refusedPage, startsWith } from './pages.ts';

type Stores = TenantMaker & Some<'signIns'>;

export const signInContract = (make: () => Promise<Stores>): void => {
  describe('sign-in store', () => {
    const fixtures = createFixtures('sign-in');
    const builders = createSignInFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
    });

    const put = async (...overrides: readonly Partial<SignIn>[]): Promise<readonly SignIn[]> => {
      const signIns = overrides.map((each) => builders.signIn(tenant, each));
      await stores.signIns.insertAll(signIns);
      return signIns;
    };
    const at = (minute: number) => ({ at: addMs(fixtureTime, minutes(minute)) });
    const list = async (query: Partial<SignInQuery> = {}) =>
      (await stores.signIns.list(tenant.id, { ...everything, ...query })).items;

    test.each<[string, Partial<SignIn>]>([
      ["a person's", {}],
      [
        "a program's, which stands for many",
        {
          count: 17,
          lastAt: addMs(fixtureTime, minutes(5)),
          flow: 'clientCredentials',
          principal: { kind: 'servicePrincipal', id: fixtures.id(), name: 'ci' },
          credential: { kind: 'secret', id: fixtures.id() },
        },
      ],
      [
        'a failed one of nobody',
        {
          principal: { kind: 'unknown', id: undefined, name: 'toor@example.com' },
          app: { appId: undefined, displayName: '' },
          resource: undefined,
          credential: { kind: 'none', id: undefined },
          outcome: { code: 50126, reason: 'Wrong password.' },
          mfa: true,
          policies: [{ id: fixtures.id(), displayName: 'Mfa', result: 'failure', reason: 'No "second" factor.' }],
        },
      ],
    ])('%s is listed as it was', async (_what, overrides) => {
      const signIns = await put(overrides);
      expect(await list()).toEqual(signIns);
    });

    test('what foreign programs say of themselves is kept as far as it can be', async () => {
      await put({ userAgent: 'a\0b', principal: { kind: 'unknown', id: undefined, name: 'x\0' } });
      expect(await list()).toMatchObject([{ principal: { kind: 'unknown' }, address: '192.0.2.7' }]);
    });

    test('a batch that is repeated is written once, and an empty one is nothing', async () => {
      const signIns = await put({});
      await stores.signIns.insertAll(signIns);
      await stores.signIns.insertAll([]);
      expect(await list()).toEqual(signIns);
    });

    test('pages begin with the newest', async () => {
      const [second, first, third] = await put(at(2), at(3), at(1));
      const pages = await pagesOf((page) => stores.signIns.list(tenant.id, { where: [], ...page }), 2);
      expect(pages).toEqual([[first, second], [third]]);
    });

    test('entries of one moment stand on one page each', async () => {
      const signIns = await put({}, {}, {});
      const pages = await pagesOf((page) => stores.signIns.list(tenant.id, { where: [], ...page }), 1);
      expect(pages.flat().map(({ id }) => id)).toEqual(
        signIns
          .map(({ id }) => id)
          .sort()
          .reverse(),
      );
    });

    test.each(forgedPages)('a page is not looked for after %j, which no page gave', async (after) => {
      await expect(stores.signIns.list(tenant.id, { ...everything, after })).rejects.toMatchObject(refusedPage);
    });

    const [person, program, app] = [fixtures.id(), fixtures.id(), fixtures.id()];
    const [correlationId, id, other] = [fixtures.id(), fixtures.id(), fixtures.id()];

    test.each<[string, Partial<SignInQuery> & { where: Condition<SignInField>[] }, string[]]>([
      ['an id', { where: [equals('id', id)] }, ['ada']],
      ['an id that is none', { where: [equals('id', 'ada')] }, []],
      ['a program', { where: [equals('appId', app.toUpperCase())] }, ['ada']],
      ['a person', { where: [equals('userId', person)] }, ['ada']],
      ['a person, not a program', { where: [equals('userId', program)] }, []],
      ['a service principal', { where: [equals('servicePrincipalId', program)] }, ['ci']],
      ['a service principal, not a person', { where: [equals('servicePrincipalId', person)] }, []],
      ['the beginning of a user name', { where: [startsWith('userPrincipalName', 'AD')] }, ['ada']],
      ['the name of nobody', { where: [equals('userPrincipalName', 'TOOR')] }, ['toor']],
      ["no program's name", { where: [startsWith('userPrincipalName', 'c')] }, []],
      ['an address', { where: [equals('ipAddress', '2001:DB8::1')] }, ['ci']],
      ['the beginning of an address', { where: [startsWith('ipAddress', '192.0.2.')] }, ['toor', 'ada']],
      ['a correlation id', { where: [equals('correlationId', correlationId)] }, ['toor']],
      ['what failed', { where: [], outcome: 'failed' }, ['toor']],
      ['what succeeded', { where: [], outcome: 'succeeded' }, ['ci', 'ada']],
      ['what came later', { where: [], from: at(1).at }, ['ci', 'toor']],
      ['what came earlier', { where: [], to: at(1).at }, ['toor', 'ada']],
      ['all at once', { where: [startsWith('ipAddress', '192')], outcome: 'failed', from: at(0).at }, ['toor']],
    ])('%s decides what is in it', async (_what, query, names) => {
      await put(
        { id, ...at(0), principal: { kind: 'user', id: person, name: 'Ada' }, app: { appId: app, displayName: '' } },
        {
          ...at(1),
          principal: { kind: 'unknown', id: undefined, name: 'toor' },
          outcome: { code: 50126, reason: '' },
          correlationId,
        },
        { ...at(2), principal: { kind: 'servicePrincipal', id: program, name: 'ci' }, address: '2001:db8::1' },
      );
      expect((await list(query)).map((each) => each.principal.name.toLowerCase())).toEqual(names);
      expect(await list({ ...query, where: [...query.where, equals('appId', other)] })).toEqual([]);
    });

    test('old ones are cleaned up, by the last of those they stand for', async () => {
      const [begin, next] = [new Date(0), new Date(1)];
      const [, lasting] = await put({ at: begin, lastAt: begin }, { at: begin, lastAt: next, count: 2 });
      expect(await stores.signIns.deleteBefore(next)).toBe(1);
      expect(await list()).toEqual([lasting]);
      await stores.signIns.deleteBefore(new Date(2));
    });

    test('another tenant does not see them', async () => {
      await put({ id });
      const other = await putTenant(stores, fixtures);
      const query = { ...everything, where: [equals('id', id)] };
      expect((await stores.signIns.list(other.id, query)).items).toEqual([]);
    });
  });
};
