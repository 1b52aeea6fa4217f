import { afterAll, describe, expect, test } from 'vitest';
import { createTestHost, subscription, things, version } from './test-host.test-support.ts';
import {
  groupReader,
  loginOrigin,
  nobody,
  otherTenantId,
  owner,
  signingKeys,
  tokenOf,
} from './test-tokens.test-support.ts';

const { host } = createTestHost();
afterAll(() => host.close());

const otherKey = signingKeys[otherTenantId]?.privateKey;
const tokens = {
  owner: await tokenOf({ oid: owner }),
  reader: await tokenOf({ oid: groupReader }),
  nobody: await tokenOf({ oid: nobody }),
  // The same object id in another tenant is somebody else.
  foreigner: await tokenOf(
    { oid: owner, tid: otherTenantId, iss: `${loginOrigin}/${otherTenantId}/v2.0` },
    { ...(otherKey !== undefined && { key: otherKey }) },
  ),
};
const call = (who: keyof typeof tokens, method: string, url: string) =>
  host.inject({
    method,
    url: `${url}?${version}`,
    headers: { authorization: `Bearer ${tokens[who]}`, 'content-type': 'application/json' },
    ...(method === 'PUT' && { payload: '{"size":1}' }),
  } as never);

const thing = `${things}/t`;
const inOtherGroup = thing.replace('/G1/', '/G10/');

describe('an operation needs its action at its scope', () => {
  test.each<[keyof typeof tokens, string, string, number]>([
    ['owner', 'GET', thing, 200],
    ['owner', 'PUT', thing, 200],
    ['reader', 'GET', thing, 200],
    ['reader', 'GET', thing.replace('/G1/', '/g1/'), 200],
    ['reader', 'PUT', thing, 403],
    ['reader', 'GET', inOtherGroup, 403],
    ['reader', 'GET', thing.replace('/G1/', '/G2/'), 403],
    ['nobody', 'GET', thing, 403],
    ['foreigner', 'GET', thing, 403],
    // A name with a slash is one name: it reaches no other scope.
    ['reader', 'GET', thing.replace('/G1/', '/G10%2F..%2FG1/'), 403],
  ])('%s %s %s: %i', async (who, method, url, status) => {
    expect((await call(who, method, url)).statusCode).toBe(status);
  });

  test('a refusal names caller, action and scope', async () => {
    const { error } = (await call('nobody', 'PUT', thing)).json();
    expect(error.code).toBe('AuthorizationFailed');
    expect(error.message).toContain(
      `The client 'bbbbbbbb-0000-4000-8000-000000000001' with object id '${nobody}' does not have authorization to perform action 'Test.Things/things/write' over scope '${thing}'`,
    );
  });

  test('a caller without grants may still ask about itself', async () => {
    expect((await call('nobody', 'GET', '/me')).json().caller).toMatchObject({ objectId: nobody });
  });
});

describe('a collection shows what is granted', () => {
  const list = `${subscription}/providers/Test.Things/things`;
  test('everything, to whoever holds the action at its scope or above', async () => {
    expect((await call('owner', 'GET', list)).json().visibility).toBe('everything');
  });

  test('the granted places below it, and only those where the action is granted', async () => {
    const { visibility } = (await call('reader', 'GET', list)).json();
    expect(visibility).toEqual([`${subscription}/resourcegroups/g1`]);
  });

  test('to nobody else', async () => {
    expect((await call('nobody', 'GET', list)).json().error.code).toBe('AuthorizationFailed');
    expect((await call('foreigner', 'GET', list)).statusCode).toBe(403);
  });

  test('at the root: whatever is held anywhere, and an empty list to whoever holds nothing', async () => {
    expect((await call('owner', 'GET', '/subscriptions')).json().visibility).toBe('everything');
    const { visibility } = (await call('reader', 'GET', '/subscriptions')).json();
    expect(visibility).toEqual([`${subscription}/resourcegroups/g1`, `${subscription}/resourcegroups/g2`]);
    expect((await call('nobody', 'GET', '/subscriptions')).json().visibility).toEqual([]);
  });
});
