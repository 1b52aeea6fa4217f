import { newUuid } from '@holdfast/kernel';
import { createSealer } from '@holdfast/sealing';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { createTestClock, createTestDirectory, random } from '../../test/test-directory.ts';
import { createKeyRing, createTokenIssuer, machineTokenSeconds, newSigningKey } from '../index.ts';

const clock = createTestClock();
const loginOrigin = 'https://login.holdfast.test';

const setUp = async () => {
  const directory = createTestDirectory(clock);
  const sealer = createSealer(random.bytes(32), random);
  const tenantId = directory.tenant.id;
  await directory.keyStore.addSigningKey(await newSigningKey({ tenantId, sealer, now: clock.now() }));
  const keyRing = createKeyRing({ store: directory.keyStore, sealer, clock });
  const tokens = createTokenIssuer({ keyRing, loginOrigin, clock, random });
  return { directory, keyRing, tokens, tenantId };
};

describe('a machine token', () => {
  test('names the machine and lives for a day', async () => {
    const { keyRing, tokens, tenantId } = await setUp();
    const [principalId, clientId] = [newUuid(random), newUuid(random)];
    const resourceId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.HybridCompute/machines/m';
    const audience = 'https://vault.example/';
    const lifetimeSeconds = machineTokenSeconds;
    const asked = { tenantId, principalId, clientId, resourceId, audience, lifetimeSeconds };
    const issued = await tokens.issueMachineToken(asked);
    const keys = createLocalJWKSet({ keys: [...(await keyRing.jwks(tenantId)).keys] });
    const { payload } = await jwtVerify(issued.accessToken, keys, { issuer: `${loginOrigin}/${tenantId}/`, audience });
    expect(payload).toMatchObject({
      appid: clientId,
      appidacr: '2',
      idtyp: 'app',
      oid: principalId,
      sub: principalId,
      tid: tenantId,
      ver: '1.0',
      xms_mirid: resourceId,
    });
    expect([payload.exp, payload.nbf]).toEqual([issued.expiresOn, issued.notBefore]);
    expect(Number(payload.exp) - Number(payload.iat)).toBe(86_400);
  });
});

describe('the key ring', () => {
  test('opens with its own master key only', async () => {
    const { directory, tenantId } = await setUp();
    const sealer = createSealer(random.bytes(32), random);
    const ring = createKeyRing({ store: directory.keyStore, sealer, clock });
    await expect(ring.signingKey(tenantId)).rejects.toThrow(/another master key/);
    expect((await ring.jwks(tenantId)).keys).toHaveLength(1);
  });

  test("does not open a key that was put into another tenant's row", async () => {
    const { directory, keyRing } = await setUp();
    const [key] = directory.signingKeys;
    if (key === undefined) throw new Error('no key');
    await directory.keyStore.addSigningKey({ ...key, tenantId: directory.otherTenant.id });
    await expect(keyRing.signingKey(directory.otherTenant.id)).rejects.toThrow(/cannot be opened/);
  });

  test('asks the store once for concurrent callers, and again after a failure', async () => {
    const { directory, tenantId } = await setUp();
    let asked = 0;
    const store = {
      ...directory.keyStore,
      listSigningKeys: async () => {
        asked += 1;
        if (asked === 1) throw new Error('not now');
        return [];
      },
    };
    const ring = createKeyRing({ store, sealer: createSealer(random.bytes(32), random), clock });
    const answers = await Promise.allSettled([ring.jwks(tenantId), ring.jwks(tenantId)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toBe(1);
    await expect(ring.jwks(tenantId)).rejects.toThrow();
    expect(asked).toBe(2);
  });
});
