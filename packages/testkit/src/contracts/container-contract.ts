import { nameOf } from '@holdfast/arm';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures } from '../fixtures.ts';
import { putWorld, type Some, type World } from '../world.ts';

type Stores = Some<'directoryWriter' | 'subscriptions' | 'resourceGroups' | 'containers'>;

export const containerContract = (make: () => Promise<Stores>): void => {
  describe('container store', () => {
    const fixtures = createFixtures('container');
    let stores: Stores;
    let world: World;
    beforeEach(async () => {
      stores = await make();
      world = await putWorld(stores, fixtures);
    });

    describe('containers', () => {
      test("a subscription's state follows it", async () => {
        const { tenantId, id } = world.subscription;
        expect(await stores.containers.findSubscription(tenantId, id)).toEqual({ state: 'Enabled' });
        await stores.subscriptions.update({ ...world.subscription, state: 'Disabled' });
        expect(await stores.containers.findSubscription(tenantId, id)).toEqual({ state: 'Disabled' });
      });

      test("a group's id comes back as its creator wrote it", async () => {
        const asked = { ...world.group.id, group: nameOf('GROUP') };
        expect(await stores.containers.findGroup(world.tenant.id, asked)).toEqual(world.group.id);
        expect(await stores.containers.findGroup(world.tenant.id, asked, { lock: true })).toEqual(world.group.id);
      });

      test('what is not there, or is of another tenant, is not found', async () => {
        const other = fixtures.id();
        expect(await stores.containers.findSubscription(other, world.subscription.id)).toBeUndefined();
        expect(await stores.containers.findGroup(other, world.group.id)).toBeUndefined();
        const missing = { ...world.group.id, group: nameOf('missing') };
        expect(await stores.containers.findGroup(world.tenant.id, missing)).toBeUndefined();
      });
    });
  });
};
