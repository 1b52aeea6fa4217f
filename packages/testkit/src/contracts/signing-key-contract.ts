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

      test('a key id is used once in a tenant', async () => {
        const key = await keyOf('a');
        await stores.signingKeys.addSigningKey(key);
        await expect(stores.signingKeys.addSigningKey(key)).rejects.toThrow();
      });
    });
  });
};
