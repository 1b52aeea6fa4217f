import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures } from '../fixtures.ts';
import { putWorld, type Some, type World } from '../world.ts';

type Stores = Some<'directoryWriter' | 'subscriptions' | 'resourceGroups' | 'longRunningOperations'>;

export const longRunningOperationContract = (make: () => Promise<Stores>): void => {
  describe('long running operation store', () => {
    const fixtures = createFixtures('long-running-operation');
    let stores: Stores;
    let world: World;
    beforeEach(async () => {
      stores = await make();
      world = await putWorld(stores, fixtures);
    });
    const owner = () => ({
      tenantId: world.tenant.id,
      subscriptionId: world.subscription.id,
      principalId: fixtures.id(),
    });

    describe('long-running operations', () => {
      test.each([
        ['one under way', { state: 'InProgress', endedAt: undefined, result: undefined }],
        ['one that answers without a body', { result: { status: 204 } }],
        ['one that answers with a body, in its own order', { result: { status: 200, body: { b: 1, a: [null, 'ä'] } } }],
        ['one that failed', { state: 'Failed', result: undefined, error: { code: 'Gone', message: 'It is gone.' } }],
      ] as const)('%s is found as it was', async (_what, overrides) => {
        const operation = fixtures.operation(overrides);
        const mine = owner();
        await stores.longRunningOperations.insert(mine, operation);
        const found = await stores.longRunningOperations.find(mine, operation.id);
        expect(found).toEqual(operation);
        expect(JSON.stringify(found?.result)).toBe(JSON.stringify(operation.result));
      });

      test('nobody but its owner finds it', async () => {
        const operation = fixtures.operation();
        const mine = owner();
        await stores.longRunningOperations.insert(mine, operation);
        const other = await putWorld(stores, fixtures);
        for (const strange of [
          { principalId: fixtures.id() },
          { tenantId: other.tenant.id },
          { subscriptionId: other.subscription.id },
        ]) {
          expect(await stores.longRunningOperations.find({ ...mine, ...strange }, operation.id)).toBeUndefined();
        }
      });
    });
  });
};
