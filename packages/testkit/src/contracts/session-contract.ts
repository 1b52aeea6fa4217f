import { addMs, minutes } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { createSignInFixtures } from '../sign-in-fixtures.ts';
import { putUser, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'users' | 'sessions'>;

export const sessionContract = (make: () => Promise<Stores>): void => {
  describe('session store', () => {
    const fixtures = createFixtures('session');
    const signIn = createSignInFixtures(fixtures);
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    const put = async (expiresAt = addMs(fixtureTime, minutes(1))) => {
      const session = signIn.session(await putUser(stores, fixtures), { expiresAt });
      await stores.sessions.insert(session);
      return session;
    };

    test('a session is found until it ends', async () => {
      const session = await put();
      expect(await stores.sessions.find(session.idSha256, fixtureTime)).toEqual(session);
      expect(await stores.sessions.find(session.idSha256, addMs(session.expiresAt, -1))).toEqual(session);
      expect(await stores.sessions.find(session.idSha256, session.expiresAt)).toBeUndefined();
      expect(await stores.sessions.find(signIn.digest(), fixtureTime)).toBeUndefined();
    });

    test('one is deleted, and no other', async () => {
      const [session, other] = [await put(), await put()];
      await stores.sessions.delete(session.idSha256);
      expect(await stores.sessions.find(session.idSha256, fixtureTime)).toBeUndefined();
      expect(await stores.sessions.find(other.idSha256, fixtureTime)).toEqual(other);
    });

    test("all of a person's are deleted, and nobody else's, of whatever tenant", async () => {
      const session = await put();
      const user = { ...fixtures.user(fixtures.tenant()), id: session.userId, tenantId: session.tenantId };
      const second = signIn.session(user);
      await stores.sessions.insert(second);
      const other = await put();
      await stores.sessions.deleteOfUser(other.tenantId, session.userId);
      expect(await stores.sessions.find(session.idSha256, fixtureTime)).toEqual(session);
      await stores.sessions.deleteOfUser(session.tenantId, session.userId);
      expect(await stores.sessions.find(session.idSha256, fixtureTime)).toBeUndefined();
      expect(await stores.sessions.find(second.idSha256, fixtureTime)).toBeUndefined();
      expect(await stores.sessions.find(other.idSha256, fixtureTime)).toEqual(other);
    });

    test('those that have ended are cleaned up', async () => {
      const begin = new Date(0);
      const [ended, lasting] = [await put(begin), await put()];
      expect(await stores.sessions.deleteExpired(addMs(begin, 1))).toBe(1);
      expect(await stores.sessions.find(ended.idSha256, addMs(begin, -1))).toBeUndefined();
      expect(await stores.sessions.find(lasting.idSha256, fixtureTime)).toEqual(lasting);
    });
  });
};
