import type { User } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { createSealer } from '@holdfast/sealing';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { createTestClock, createTestDirectory, random } from '../../test/test-directory.ts';
import { agentAudience, createKeyRing, createTokenIssuer, machineTokenSeconds, newSigningKey } from '../index.ts';

const clock = createTestClock();
const loginOrigin = 'https://login.holdfast.test';

const setUp = async () => {
  const directory = createTestDirectory(clock);
  const sealer = createSealer(random.bytes(32), random);
  const tenantId = directory.tenant.id;
  await directory.keyStore.addSigningKey(await newSigningKey({ tenantId, sealer, now: clock.now() }));
  const keyRing = createKeyRing({ store: directory.keyStore, sealer, clock });
  const tokens = createTokenIssuer({ keyRing, loginOrigin, clock, random });
  return { directory, keyRing, tokens, tenantId, sealer };
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

test('a token that only agents read is signed by ES256', async () => {
  const { directory, keyRing, tokens, tenantId, sealer } = await setUp();
  await directory.keyStore.addSigningKey(
    await newSigningKey({ tenantId, sealer, now: clock.now(), algorithm: 'ES256' }),
  );
  const ids = { tenantId, principalId: newUuid(random), clientId: newUuid(random), resourceId: '/machines/m' };
  const keys = createLocalJWKSet({ keys: [...(await keyRing.jwks(tenantId)).keys] });
  const algorithmOf = async (audience: string) => {
    const { accessToken } = await tokens.issueMachineToken({ ...ids, audience, lifetimeSeconds: 60 });
    return (await jwtVerify(accessToken, keys, { audience })).protectedHeader.alg;
  };
  expect(await algorithmOf(agentAudience(loginOrigin))).toBe('ES256');
  expect(await algorithmOf(loginOrigin)).toBe('RS256');
});

test('a person’s token from after a revocation is never older than it, and one from before always is', async () => {
  const { keyRing, tenantId } = await setUp();
  const revokedAt = new Date('2026-03-01T12:00:00.500Z');
  const issuedAt = async (at: string, tokensValidFrom: Date) => {
    const tokens = createTokenIssuer({ keyRing, loginOrigin, clock: { ...clock, now: () => new Date(at) }, random });
    const user = {
      id: newUuid(random),
      tenantId,
      userPrincipalName: 'a@x',
      displayName: 'A',
      profile: {},
      tokensValidFrom,
    };
    const { accessToken } = await tokens.issueUserToken({
      user: user as User,
      appId: newUuid(random),
      credential: 'none',
      audience: loginOrigin,
      version: '1.0',
      scopes: [],
      sid: newUuid(random),
      authentication: { at: new Date(at), methods: ['pwd'] },
      address: '::1',
    });
    return Number(decodeJwt(accessToken).iat) * 1000;
  };
  expect(await issuedAt('2026-03-01T12:00:00.499Z', new Date(0))).toBeLessThan(revokedAt.getTime());
  expect(await issuedAt('2026-03-01T12:00:00.501Z', revokedAt)).toBeGreaterThanOrEqual(revokedAt.getTime());
  expect(await issuedAt('2026-03-01T12:00:09.999Z', revokedAt)).toBe(Date.parse('2026-03-01T12:00:09Z'));
});
