import type { User } from '@holdfast/directory';
import { addMs, seconds } from '@holdfast/kernel';
import type { DeviceCode, DeviceDecision } from '@holdfast/token-service';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { createSignInFixtures } from '../sign-in-fixtures.ts';
import { putTenant, putUser, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'users' | 'deviceCodes'>;

export const deviceCodeContract = (make: () => Promise<Stores>): void => {
  describe('device code store', () => {
    const fixtures = createFixtures('device-code');
    const signIn = createSignInFixtures(fixtures);
    let stores: Stores;
    let user: User;
    beforeEach(async () => {
      stores = await make();
      user = await putUser(stores, fixtures);
    });

    const put = async (overrides?: Partial<DeviceCode>): Promise<DeviceCode> => {
      const code = signIn.deviceCode(overrides);
      expect(await stores.deviceCodes.insert(code)).toBe(true);
      return code;
    };
    const find = (code: DeviceCode, now = fixtureTime) => stores.deviceCodes.findWaiting(code.userCodeSha256, now);
    const poll = (code: DeviceCode, second = 0) =>
      stores.deviceCodes.poll(code.deviceCodeSha256, addMs(fixtureTime, seconds(second)));
    const decide = (code: DeviceCode, decision: DeviceDecision, now = fixtureTime) =>
      stores.deviceCodes.decide(code.userCodeSha256, decision, now);
    const approvalOf = ({ clientId }: DeviceCode) =>
      ({ kind: 'approved', grant: signIn.grant(user, { clientId, scopes: ['a'] }) }) as const;
    const refusal = () => ({ kind: 'declined', tenantId: user.tenantId, userId: user.id }) as const;

    test.each([
      ['at any tenant', () => undefined],
      ['at one', () => user.tenantId],
    ])('a code that was asked for %s waits as it was, until it ends', async (_what, tenantIdOf) => {
      const code = await put({ tenantId: tenantIdOf() });
      expect(await find(code)).toEqual(code);
      expect(await find(code, addMs(code.expiresAt, -1))).toEqual(code);
      expect(await find(code, code.expiresAt)).toBeUndefined();
    });

    test('a user code is in use once, also when given at once', async () => {
      const userCodeSha256 = signIn.digest();
      const inserts = [1, 2, 3].map(() => stores.deviceCodes.insert(signIn.deviceCode({ userCodeSha256 })));
      expect((await Promise.all(inserts)).sort()).toEqual([false, false, true]);
    });

    test('what was never given is unknown', async () => {
      const code = signIn.deviceCode();
      expect(await find(code)).toBeUndefined();
      expect(await poll(code)).toEqual({ kind: 'unknown' });
      expect(await decide(code, refusal())).toBe(false);
    });

    describe('decisions', () => {
      test('an approved code waits no longer, and is redeemed once', async () => {
        const code = await put();
        const approval = approvalOf(code);
        expect(await decide(code, approval)).toBe(true);
        expect(await find(code)).toBeUndefined();
        expect(await poll(code)).toEqual({ ...approval, code });
        expect(await poll(code)).toEqual({ kind: 'redeemed', code });
      });

      test('of polls at once, one redeems it', async () => {
        const code = await put();
        await decide(code, approvalOf(code));
        const polls = await Promise.all(Array.from({ length: 8 }, () => poll(code)));
        expect(polls.map((each) => each.kind).sort()).toEqual(['approved', ...Array(7).fill('redeemed')]);
      });

      test('a declined code stays declined', async () => {
        const code = await put();
        expect(await decide(code, refusal())).toBe(true);
        for (const second of [0, 5]) expect(await poll(code, second)).toEqual({ kind: 'declined', code });
      });

      test('one decision counts, also of several at once', async () => {
        const code = await put();
        const decisions = [approvalOf(code), refusal(), approvalOf(code), refusal()];
        const counted = await Promise.all(decisions.map((decision) => decide(code, decision)));
        expect(counted.filter((each) => each)).toHaveLength(1);
        const decision = decisions[counted.indexOf(true)];
        expect(await poll(code)).toMatchObject(decision?.kind === 'approved' ? decision : { kind: 'declined' });
      });

      test('none counts after the end', async () => {
        const code = await put();
        expect(await decide(code, approvalOf(code), code.expiresAt)).toBe(false);
        expect(await poll(code)).toMatchObject({ kind: 'pending' });
      });

      test("none counts of another tenant's person than the one it was asked at", async () => {
        const code = await put({ tenantId: (await putTenant(stores, fixtures)).id });
        expect(await decide(code, approvalOf(code))).toBe(false);
        expect(await decide(code, refusal())).toBe(false);
        expect(await find(code)).toEqual(code);
      });
    });

    describe('polls', () => {
      test.each([
        ['at first', [0], false],
        ['before the interval', [0, 4.999], true],
        ['after the interval', [0, 5], false],
        ['after the interval, later', [0, 5, 10], false],
        ['after the old interval, once told to slow down', [0, 4, 9], true],
        ['after the new interval', [0, 4, 14], false],
        ['after the new interval, which stays', [0, 4, 14, 19], true],
        ['told to slow down twice', [0, 1, 2, 16], true],
        ['told to slow down twice, and heeding it', [0, 1, 2, 17], false],
      ])('%s one is too soon or not', async (_when, times, tooSoon) => {
        const code = await put();
        const polls = [];
        for (const second of times) polls.push(await poll(code, second));
        expect(polls.at(-1)).toEqual({ kind: 'pending', code, tooSoon });
      });

      test('of two at once, one is too soon', async () => {
        const code = await put();
        const polls = await Promise.all([poll(code), poll(code)]);
        expect(polls.filter((each) => each.kind === 'pending' && each.tooSoon)).toHaveLength(1);
      });

      test('a code that has ended is still found', async () => {
        const code = await put({ expiresAt: fixtureTime });
        expect(await poll(code, 60)).toEqual({ kind: 'pending', code, tooSoon: false });
      });
    });

    test('codes that have ended are cleaned up', async () => {
      const expiresAt = new Date(0);
      const [ended, lasting] = [await put({ expiresAt }), await put()];
      expect(await stores.deviceCodes.deleteExpired(addMs(expiresAt, 1))).toBe(1);
      expect(await poll(ended)).toEqual({ kind: 'unknown' });
      expect(await find(lasting)).toEqual(lasting);
    });
  });
};
