import type { StoredSigningKey } from '@holdfast/token-service';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import type { Some } from '../world.ts';

type Stores = Some<'directoryWriter' | 'signingKeys'>;

export const signingKeyContract = (make: () => Promise<Stores>): void => {
  describe('signing key store', () => {
    const fixtures = createFixtures('signing-key');
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    const keyOf = async (kid: string): Promise<StoredSigningKey> => {
      const tenant = fixtures.tenant();
      await stores.directoryWriter.createTenant(tenant);
      return {
        tenantId: tenant.id,
        kid,
        algorithm: 'RS256',
        publicKeySpki: Buffer.of(1, 2, 3),
        sealedPrivateKey: Buffer.of(0, 128, 255),
        signsFrom: fixtureTime,
        retiresAt: undefined,
        createdAt: fixtureTime,
      };
    };

    describe('signing keys', () => {
      test("a tenant's keys are listed in the order in which they sign, and no other's", async () => {
        const later = await keyOf('a');
        const sooner = { ...later, kid: 'b', signsFrom: new Date(0) };
        await stores.signingKeys.addSigningKey(later);
        await stores.signingKeys.addSigningKey(sooner);
        await stores.signingKeys.addSigningKey(await keyOf('a'));
        expect(await stores.signingKeys.listSigningKeys(later.tenantId)).toEqual([sooner, later]);
        expect(await stores.signingKeys.listSigningKeys(fixtures.id())).toEqual([]);
      });

      test('a key is kept as it was, of either algorithm, also one whose end is set', async () => {
        const key = await keyOf('a');
        const agents = { ...key, kid: 'b', algorithm: 'ES256', retiresAt: fixtureTime } as const;
        for (const each of [key, agents]) await stores.signingKeys.addSigningKey(each);
        expect(await stores.signingKeys.listSigningKeys(key.tenantId)).toEqual([key, agents]);
      });

      test('a key that has retired is listed until it is removed', async () => {
        const [key, other] = [await keyOf('a'), await keyOf('a')];
        const lasting = { ...key, kid: 'b' };
        for (const each of [key, other, lasting]) await stores.signingKeys.addSigningKey(each);
        const retiresAt = new Date(1);
        expect(await stores.signingKeys.retireSigningKey(key, retiresAt)).toBe(true);
        expect(await stores.signingKeys.retireSigningKey({ ...key, kid: 'c' }, retiresAt)).toBe(false);
        expect(await stores.signingKeys.deleteRetired(retiresAt)).toBe(0);
        expect(await stores.signingKeys.listSigningKeys(key.tenantId)).toEqual([{ ...key, retiresAt }, lasting]);
        expect(await stores.signingKeys.deleteRetired(new Date(2))).toBe(1);
        expect(await stores.signingKeys.listSigningKeys(key.tenantId)).toEqual([lasting]);
        expect(await stores.signingKeys.listSigningKeys(other.tenantId)).toEqual([other]);
      });

      test('every tenant has its turn, in the order of creation', async () => {
        const tenants = [(await keyOf('a')).tenantId, (await keyOf('a')).tenantId];
        expect((await stores.signingKeys.listTenantIds()).slice(-2)).toEqual(tenants);
      });

      test('a key id is used once in a tenant', async () => {
        const key = await keyOf('a');
        await stores.signingKeys.addSigningKey(key);
        await expect(stores.signingKeys.addSigningKey(key)).rejects.toThrow();
      });
    });
  });
};
