import { addMs } from '@holdfast/kernel';
import type { AuthorizationCode } from '@holdfast/token-service';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { createSignInFixtures } from '../sign-in-fixtures.ts';
import { putUser, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'users' | 'authorizationCodes'>;

export const authorizationCodeContract = (make: () => Promise<Stores>): void => {
  describe('authorization code store', () => {
    const fixtures = createFixtures('authorization-code');
    const signIn = createSignInFixtures(fixtures);
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    const put = async (overrides?: Partial<AuthorizationCode>): Promise<AuthorizationCode> => {
      const code = signIn.authorizationCode(await putUser(stores, fixtures), overrides);
      await stores.authorizationCodes.insert(code);
      return code;
    };
    const claim = (code: AuthorizationCode) => stores.authorizationCodes.claim(code.codeSha256, fixtureTime);

    test.each([
      ['of a public client', {}],
      ['of a program that proves itself', { redirectKind: 'web', codeChallenge: undefined, nonce: undefined }],
    ] as const)('a code %s is taken as it was, and known when it comes again', async (_what, overrides) => {
      const code = await put(overrides);
      expect(await claim(code)).toEqual({ code, first: true });
      expect(await claim(code)).toEqual({ code, first: false });
      expect(await claim(code)).toEqual({ code, first: false });
    });

    test('of those who bring a code at once, one is first', async () => {
      const code = await put();
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim(code)));
      expect(claims.map((each) => each?.code)).toEqual(claims.map(() => code));
      expect(claims.filter((each) => each?.first)).toHaveLength(1);
    });

    test('a code that was never given is unknown', async () => {
      expect(await stores.authorizationCodes.claim(signIn.digest(), fixtureTime)).toBeUndefined();
    });

    test('one that has ended is still taken, for whoever asks to refuse, until it is cleaned up', async () => {
      const expiresAt = new Date(0);
      const [ended, lasting] = [await put({ expiresAt }), await put()];
      expect(await claim(ended)).toEqual({ code: ended, first: true });
      expect(await stores.authorizationCodes.deleteExpired(addMs(expiresAt, 1))).toBe(1);
      expect(await claim(ended)).toBeUndefined();
      expect(await claim(lasting)).toEqual({ code: lasting, first: true });
    });
  });
};
