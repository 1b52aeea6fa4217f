import type { Condition, Tenant, User, UserField } from '@holdfast/directory';
import { addMs } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';
import { equals, everything, forgedPages, meeting, pagesOf, refusedPage, startsWith } from './pages.ts';

type Stores = TenantMaker & Some<'users'>;

/** The rules of paging and conditions, which all lists of the directory share. */
export const userListContract = (make: () => Promise<Stores>): void => {
  describe('lists of users', () => {
    const fixtures = createFixtures('user-list');
    let stores: Stores;
    let tenant: Tenant;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
    });

    const put = async (...overrides: readonly Partial<User>[]): Promise<readonly User[]> => {
      const users = overrides.map((each) => fixtures.user(tenant, each));
      for (const user of users) await stores.users.insert(user);
      return users;
    };
    const createdAfter = (ms: number) => ({ createdAt: addMs(fixtureTime, ms) });

    test('pages follow the order of creation, and by id within one moment, until the last, which names no next', async () => {
      const users = await put(createdAfter(2), createdAfter(1), createdAfter(0), createdAfter(1), createdAfter(1));
      const expected = [...users].sort(
        (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1),
      );
      const list = (page: { top: number; after: string | undefined }) =>
        stores.users.list(tenant.id, { where: [], ...page });
      expect(await pagesOf(list, 2)).toEqual([expected.slice(0, 2), expected.slice(2, 4), expected.slice(4)]);
      expect(await pagesOf(list, 5)).toEqual([expected]);
    });

    test('the next page begins where the last ended, whoever was deleted meanwhile', async () => {
      const [first, second, third] = await put(createdAfter(0), createdAfter(1), createdAfter(2));
      const page = await stores.users.list(tenant.id, { where: [], top: 1, after: undefined });
      expect(page.items).toEqual([first]);
      await stores.users.delete(tenant.id, second?.id ?? fixtures.id());
      expect((await stores.users.list(tenant.id, { where: [], top: 9, after: page.next })).items).toEqual([third]);
    });

    test.each(forgedPages)('a page is not looked for after %j, which no page gave', async (after) => {
      await put({});
      await expect(stores.users.list(tenant.id, { ...everything, after })).rejects.toMatchObject(refusedPage);
    });

    const ada = {
      userPrincipalName: 'Ada@x.example',
      displayName: 'Ada Lovelace',
      profile: { mail: 'Ada@Mail.example' },
    };
    const bea = { userPrincipalName: 'bea@x.example', displayName: 'Äa 100%', profile: { mailNickname: 'Bee' } };
    const cec = { userPrincipalName: 'cec_il@x.example', displayName: 'ada\\b', enabled: false };

    test.each<[string, Condition<UserField>[], string[]]>([
      ['no condition', [], ['Ada', 'bea', 'cec_il']],
      ['a name without letter case', [equals('userPrincipalName', 'aDA@X.EXAMPLE')], ['Ada']],
      ['the whole of a name', [equals('userPrincipalName', 'ada')], []],
      ['the beginning of a name', [startsWith('displayName', 'ADA')], ['Ada', 'cec_il']],
      ['letters beyond ASCII without their case', [startsWith('displayName', 'äA')], ['bea']],
      ['a percent sign as itself', [startsWith('displayName', '%')], []],
      ['an underscore as itself', [startsWith('userPrincipalName', 'cec_')], ['cec_il']],
      ['an underscore as nothing else', [startsWith('userPrincipalName', 'ad_')], []],
      ['a backslash as itself', [startsWith('displayName', 'ada\\')], ['cec_il']],
      ['a mail address', [equals('mail', 'ada@mail.example')], ['Ada']],
      ['a nickname', [startsWith('mailNickname', 'be')], ['bea']],
      ['who is enabled', [equals('accountEnabled', true)], ['Ada', 'bea']],
      ['who is not', [equals('accountEnabled', false)], ['cec_il']],
      ['every condition', [startsWith('displayName', 'ada'), equals('accountEnabled', true)], ['Ada']],
      ['text that the database cannot hold', [equals('displayName', 'ada\0')], []],
    ])('%s decides who is in it', async (_what, where, names) => {
      await put({ ...ada, ...createdAfter(0) }, { ...bea, ...createdAfter(1) }, { ...cec, ...createdAfter(2) });
      const { items } = await stores.users.list(tenant.id, meeting(...where));
      expect(items.map((user) => user.userPrincipalName.split('@')[0])).toEqual(names);
    });

    test('conditions hold on every page, and follow what people are called now', async () => {
      const users = await put(createdAfter(0), createdAfter(1), createdAfter(2), createdAfter(3));
      const renamed = users.filter((_, index) => index % 2 === 1).map((user) => ({ ...user, displayName: 'New' }));
      for (const user of renamed) await stores.users.update(user);
      const where = [equals('displayName', 'new')];
      const pages = await pagesOf((page) => stores.users.list(tenant.id, { where, ...page }), 1);
      expect(pages).toEqual(renamed.map((user) => [user]));
    });
  });
};
