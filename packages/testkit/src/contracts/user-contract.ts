import type { Tenant, User } from '@holdfast/directory';
import { addMs, minutes } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'users'>;

export const userContract = (make: () => Promise<Stores>): void => {
  describe('user store', () => {
    const fixtures = createFixtures('user');
    let stores: Stores;
    let tenant: Tenant;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
    });

    const put = async (overrides?: Partial<User>): Promise<User> => {
      const user = fixtures.user(tenant, overrides);
      expect(await stores.users.insert(user)).toBe(true);
      return user;
    };
    const find = (user: User) => stores.users.find(user.tenantId, user.id);
    const enrolled = (lastStep: number, secret = 1) => ({ totp: { sealedSecret: Buffer.of(secret), lastStep } });
    const later = addMs(fixtureTime, minutes(5));

    describe('people', () => {
      test.each([
        ['with a password alone', {}],
        ['without a password, of a provider', { passwordHash: undefined, external: { subject: 'S', providerId: '' } }],
        [
          'with everything that is said of people',
          { profile: { mail: 'A@x.example', jobTitle: 'Älteste', surname: '' } },
        ],
        ['with a second factor', enrolled(58_000_000)],
        ['who must choose a password', { mustChangePassword: true, passwordChangedAt: later }],
        ['who is disabled, and whose tokens were revoked', { enabled: false, tokensValidFrom: later }],
      ])('somebody %s is found by id and by name, without letter case', async (_what, overrides) => {
        const { external, ...rest } = overrides as Partial<User>;
        const user = await put(external ? { ...rest, external: { ...external, providerId: fixtures.id() } } : rest);
        expect(await find(user)).toEqual(user);
        expect(await stores.users.findByName(tenant.id, user.userPrincipalName.toUpperCase())).toEqual(user);
      });

      test('nobody is found by a name or an id that nobody has', async () => {
        const user = await put();
        expect(await stores.users.find(tenant.id, fixtures.id())).toBeUndefined();
        expect(await stores.users.findByName(tenant.id, `x${user.userPrincipalName}`)).toBeUndefined();
        expect(await stores.users.findByName(tenant.id, `${user.userPrincipalName}\0`)).toBeUndefined();
      });

      test('a name is taken once in a tenant, without letter case, also by those who come at once', async () => {
        const names = ['Ärger@example.com', 'ÄRGER@example.com', 'ärger@EXAMPLE.com'];
        const inserts = names.map((userPrincipalName) =>
          stores.users.insert(fixtures.user(tenant, { userPrincipalName })),
        );
        expect((await Promise.all(inserts)).sort()).toEqual([false, false, true]);
        const elsewhere = fixtures.user(await putTenant(stores, fixtures), { userPrincipalName: 'ärger@example.com' });
        expect(await stores.users.insert(elsewhere)).toBe(true);
      });

      test("a provider's subject is one person in a tenant, to the letter", async () => {
        const external = { providerId: fixtures.id(), subject: 'Subject' };
        const user = await put({ external });
        const { providerId } = external;
        expect(await stores.users.findByExternal(tenant.id, external)).toEqual(user);
        expect(await stores.users.findByExternal(tenant.id, { providerId, subject: 'subject' })).toBeUndefined();
        expect(
          await stores.users.findByExternal(tenant.id, { ...external, providerId: fixtures.id() }),
        ).toBeUndefined();
        expect(await stores.users.insert(fixtures.user(tenant, { external }))).toBe(false);
      });
    });

    describe('changes of people', () => {
      test('everything but id, tenant and creation changes', async () => {
        const user = await put();
        const changed = fixtures.user(tenant, {
          id: user.id,
          displayName: 'Another',
          profile: { mail: 'a@example.com' },
          passwordHash: undefined,
          external: { providerId: fixtures.id(), subject: 's' },
          mustChangePassword: true,
          passwordChangedAt: later,
          enabled: false,
          tokensValidFrom: later,
          ...enrolled(7),
        });
        expect(await stores.users.update({ ...changed, createdAt: later })).toBe(true);
        expect(await find(user)).toEqual({ ...changed, createdAt: user.createdAt });
      });

      test('a name that is taken is not given again, and nothing else changes either', async () => {
        const [user, other] = [await put(), await put()];
        const userPrincipalName = other.userPrincipalName.toUpperCase();
        expect(await stores.users.update({ ...user, userPrincipalName, displayName: 'x' })).toBe(false);
        expect(await find(user)).toEqual(user);
        expect(await stores.users.update({ ...other, userPrincipalName })).toBe(true);
      });

      test('who is not there does not change', async () => {
        expect(await stores.users.update(fixtures.user(tenant))).toBe(false);
      });

      test('who was read before tokens were revoked and a code was used makes neither count again', async () => {
        const user = await put(enrolled(10));
        await stores.users.update({ ...user, tokensValidFrom: later });
        await stores.users.claimTotpStep(tenant.id, user.id, 12);
        expect(await stores.users.update({ ...user, displayName: 'x' })).toBe(true);
        expect(await find(user)).toEqual({ ...user, displayName: 'x', tokensValidFrom: later, ...enrolled(12) });
      });

      test('a new second factor begins with steps of its own', async () => {
        const user = await put(enrolled(10, 1));
        await stores.users.update({ ...user, ...enrolled(3, 2) });
        expect((await find(user))?.totp?.lastStep).toBe(3);
        await stores.users.update({ ...user, totp: undefined });
        expect((await find(user))?.totp).toBeUndefined();
      });
    });

    describe('steps of one-time passwords', () => {
      test('one counts once, also for those who bring it at once', async () => {
        const user = await put(enrolled(10));
        const claims = Array.from({ length: 8 }, () => stores.users.claimTotpStep(tenant.id, user.id, 11));
        expect((await Promise.all(claims)).filter((claimed) => claimed)).toEqual([true]);
        expect((await find(user))?.totp?.lastStep).toBe(11);
      });

      test.each([
        ['a later one counts', enrolled(10), 12, true],
        ['the last one does not count', enrolled(10), 10, false],
        ['an earlier one does not count', enrolled(10), 9, false],
        ['none counts without a second factor', {}, 12, false],
      ])('%s', async (_what, overrides, step, counts) => {
        const user = await put(overrides);
        expect(await stores.users.claimTotpStep(tenant.id, user.id, step)).toBe(counts);
      });
    });

    test('another tenant neither finds, lists, changes nor deletes them', async () => {
      const user = await put({ external: { providerId: fixtures.id(), subject: 's' }, ...enrolled(1) });
      const other = await putTenant(stores, fixtures);
      expect(await stores.users.find(other.id, user.id)).toBeUndefined();
      expect(await stores.users.findByName(other.id, user.userPrincipalName)).toBeUndefined();
      expect(
        await stores.users.findByExternal(other.id, user.external ?? { providerId: user.id, subject: '' }),
      ).toBeUndefined();
      expect(await stores.users.list(other.id, { where: [], top: 10, after: undefined })).toEqual({
        items: [],
        next: undefined,
      });
      expect(await stores.users.update({ ...user, tenantId: other.id, displayName: 'x' })).toBe(false);
      expect(await stores.users.claimTotpStep(other.id, user.id, 2)).toBe(false);
      expect(await stores.users.delete(other.id, user.id)).toBe(false);
      expect(await find(user)).toEqual(user);
    });
  });
};
