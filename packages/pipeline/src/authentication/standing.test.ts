import { addMs, type Uuid } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import type { Standing } from '../ports.ts';
import { loginOrigin, now, origin, owner, person, tenantId, tokenKeys, tokenOf } from '../test-tokens.test-support.ts';
import { armAudiences } from './audiences.ts';
import { createBearerVerifier } from './bearer-verifier.ts';

const credential = 'cccccccc-0000-4000-8000-000000000001' as Uuid;
const standing = (change: Partial<Standing> = {}): Standing => ({
  enabled: true,
  tokensValidFrom: undefined,
  credentialIds: [],
  ...change,
});

const codeOf = async (claims: Record<string, unknown>, found: Standing | undefined): Promise<string> => {
  const audiences = armAudiences(origin);
  const verifier = createBearerVerifier({ tokenKeys, loginOrigin, audiences, standing: { find: async () => found } });
  const outcome = verifier.verify(await tokenOf(claims), now);
  return outcome.then(
    () => 'accepted',
    (error) => error.entry,
  );
};

describe('a genuine token', () => {
  const machine = { xms_mirid: '/subscriptions/s' };
  const known = { credentialIds: [credential] };
  test.each<[string, string, Record<string, unknown>, Standing | undefined]>([
    ['of a program', 'accepted', {}, standing()],
    ['of a person', 'accepted', person, standing({ tokensValidFrom: addMs(now, -1) })],
    ['of nobody that is still there', 'PrincipalNotInForce', {}, undefined],
    ['of a person who is gone', 'PrincipalNotInForce', person, undefined],
    ['of a machine that is gone', 'PrincipalNotInForce', machine, undefined],
    ['of a disabled program', 'PrincipalNotInForce', {}, standing({ enabled: false })],
    ['of a disabled person', 'PrincipalNotInForce', person, standing({ enabled: false })],
    ['of a person, of the moment of the revocation', 'accepted', person, standing({ tokensValidFrom: now })],
    ['of a person, from before a revocation', 'TokenRevoked', person, standing({ tokensValidFrom: addMs(now, 1) })],
    [
      'of a person, of no known time',
      'TokenRevoked',
      { ...person, iat: undefined },
      standing({ tokensValidFrom: now }),
    ],
    ['obtained with a credential', 'accepted', { xms_cid: credential }, standing(known)],
    ['obtained with a removed credential', 'TokenRevoked', { xms_cid: credential }, standing()],
    ['obtained with another’s credential', 'TokenRevoked', { xms_cid: owner }, standing(known)],
    ['of a machine, which has no credential', 'accepted', machine, standing(known)],
  ])('%s: %s', async (_, code, claims, found) => {
    expect(await codeOf(claims, found)).toBe(code);
  });

  test('is refused in words for the one who holds it, as 401', async () => {
    const audiences = armAudiences(origin);
    const verifier = createBearerVerifier({
      tokenKeys,
      loginOrigin,
      audiences,
      standing: { find: async () => undefined },
    });
    await expect(verifier.verify(await tokenOf(), now)).rejects.toMatchObject({
      status: 401,
      code: 'InvalidAuthenticationToken',
    });
  });

  test('is asked about every time, remembered or not, by tenant and principal', async () => {
    const asked: unknown[] = [];
    let found: Standing | undefined = standing();
    const verifier = createBearerVerifier({
      tokenKeys,
      loginOrigin,
      audiences: armAudiences(origin),
      standing: {
        find: async (...of) => {
          asked.push(of);
          return found;
        },
      },
    });
    const token = await tokenOf();
    await verifier.verify(token, now);
    await verifier.verify(token, now);
    found = undefined;
    await expect(verifier.verify(token, now)).rejects.toMatchObject({ entry: 'PrincipalNotInForce' });
    found = standing();
    expect(await verifier.verify(token, now)).toMatchObject({ objectId: owner });
    expect(asked).toEqual(new Array(4).fill([tenantId, owner]));
  });
});
