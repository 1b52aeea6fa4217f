import { addMs, minutes } from '@holdfast/kernel';
import type { RefreshFamily } from '@holdfast/token-service';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { createSignInFixtures } from '../sign-in-fixtures.ts';
import { putUser, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'users' | 'refreshTokens'>;

export const refreshTokenContract = (make: () => Promise<Stores>): void => {
  describe('refresh token store', () => {
    const fixtures = createFixtures('refresh-token');
    const signIn = createSignInFixtures(fixtures);
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    const later = addMs(fixtureTime, minutes(5));
    const unused = { usedAt: undefined, revokedAt: undefined };

    const put = async (overrides?: Partial<RefreshFamily>) => {
      const family = signIn.refreshFamily(await putUser(stores, fixtures), overrides);
      await stores.refreshTokens.insertFamily(family);
      return { family, token: await putToken(family) };
    };
    const putToken = async (family: RefreshFamily) => {
      const token = signIn.refreshToken(family);
      await stores.refreshTokens.insert(token);
      return token;
    };
    const claim = ({ tokenSha256 }: { tokenSha256: Uint8Array }, now = fixtureTime) =>
      stores.refreshTokens.claim(tokenSha256, now);

    test.each(['web', 'spa', 'publicClient'] as const)(
      'a token of a %s family is found with it, and with its first use ever after',
      async (redirectKind) => {
        const { family, token } = await put({ redirectKind });
        const find = () => stores.refreshTokens.find(token.tokenSha256);
        expect([await find(), await find()]).toEqual(Array(2).fill({ family, token, ...unused }));
        expect(await claim(token)).toEqual({ family, token, ...unused });
        expect(await find()).toEqual({ family, token, ...unused, usedAt: fixtureTime });
        expect(await claim(token, later)).toEqual({ family, token, ...unused, usedAt: fixtureTime });
        expect(await claim(token, addMs(later, 1))).toEqual({ family, token, ...unused, usedAt: fixtureTime });
      },
    );

    test('of those who bring a token at once, one finds it unused', async () => {
      const { token } = await put();
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim(token)));
      expect(claims.filter((each) => each !== undefined && each.usedAt === undefined)).toHaveLength(1);
    });

    test('each token of a family is used by itself', async () => {
      const { family, token } = await put();
      const next = await putToken(family);
      await claim(token);
      expect(await claim(next)).toEqual({ family, token: next, ...unused });
    });

    test('a token that was never given is unknown', async () => {
      expect(await claim({ tokenSha256: signIn.digest() })).toBeUndefined();
    });

    describe('revocation', () => {
      test('ends all tokens of the family, also those that come later, from the first time on', async () => {
        const { family, token } = await put();
        const other = await put();
        await stores.refreshTokens.revokeFamily(family.id, fixtureTime);
        await stores.refreshTokens.revokeFamily(family.id, later);
        const afterwards = await putToken(family);
        for (const each of [token, afterwards])
          expect(await claim(each)).toEqual({ family, token: each, usedAt: undefined, revokedAt: fixtureTime });
        expect(await claim(other.token)).toMatchObject(unused);
      });

      test('ends a family that is only being written: a stolen code may come second before its first answer', async () => {
        const family = signIn.refreshFamily(await putUser(stores, fixtures));
        await stores.refreshTokens.revokeFamily(family.id, fixtureTime);
        await stores.refreshTokens.insertFamily(family);
        expect(await claim(await putToken(family))).toMatchObject({ revokedAt: fixtureTime });
      });

      test("ends a person's families, and nobody else's, of whatever tenant", async () => {
        const [mine, other] = [await put(), await put()];
        const { tenantId, userId } = mine.family.grant;
        await stores.refreshTokens.revokeOfUser({ tenantId: other.family.grant.tenantId, userId }, fixtureTime);
        expect(await claim(mine.token)).toMatchObject({ revokedAt: undefined });
        await stores.refreshTokens.revokeFamily(mine.family.id, fixtureTime);
        await stores.refreshTokens.revokeOfUser({ tenantId, userId }, later);
        expect(await claim(mine.token)).toMatchObject({ revokedAt: fixtureTime });
        expect(await claim(other.token)).toMatchObject({ revokedAt: undefined });
      });
    });

    describe('clean-up', () => {
      const ended = new Date(0);

      test('takes tokens and families that have ended', async () => {
        const old = await put({ expiresAt: ended });
        const lasting = await put();
        expect(await stores.refreshTokens.deleteExpired(addMs(ended, 1))).toBe(1);
        expect(await claim(old.token)).toBeUndefined();
        expect(await claim(lasting.token)).toMatchObject(unused);
      });

      test('does not bring a revoked family back', async () => {
        const { family, token } = await put();
        await stores.refreshTokens.revokeFamily(family.id, ended);
        await stores.refreshTokens.deleteExpired(fixtureTime);
        expect(await claim(token)).toMatchObject({ revokedAt: ended });
      });
    });
  });
};
