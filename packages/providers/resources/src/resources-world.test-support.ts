import { apiVersion, type GroupId, nameOf, type SubscriptionId } from '@holdfast/arm';
import type { Principal, RequestContext } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import type { Cloud } from './cloud.ts';
import {
  createInMemoryGroups,
  createInMemoryOperations,
  createInMemorySubscriptions,
} from './in-memory-resources.test-support.ts';
import type { ResourceGroup } from './resource-group/resource-group.ts';
import type { Subscription } from './subscription/subscription.ts';

export const now = new Date('2026-03-01T12:00:00.000Z');
export const tenantId = '11111111-1111-4111-8111-111111111111' as Uuid;
export const subscriptionId = 'dddddddd-0000-4000-8000-000000000001' as SubscriptionId;
export const disabledId = 'dddddddd-0000-4000-8000-000000000002' as SubscriptionId;
export const foreignId = 'dddddddd-0000-4000-8000-000000000003' as SubscriptionId;

export const caller: Principal = {
  kind: 'User',
  tenantId,
  objectId: 'aaaaaaaa-0000-4000-8000-000000000001' as Uuid,
  name: 'ann',
};

export const cloud: Cloud = {
  name: 'Holdfast',
  resourceManager: 'https://arm.example:8443',
  login: 'https://login.example',
  graph: 'https://graph.example',
  portal: 'https://portal.example/portal',
  locations: [
    { name: 'local', displayName: 'Local' },
    { name: 'northsite', displayName: 'North Site' },
  ],
};

export const contextWith = (overrides: Partial<RequestContext<Principal>> = {}): RequestContext<Principal> => ({
  now,
  correlationId: 'c',
  caller,
  apiVersion: apiVersion('2021-04-01'),
  origin: 'https://arm.example:8443',
  visibility: 'everything',
  conditions: {},
  ...overrides,
});

export const groupIdOf = (name: string, subscription = subscriptionId): GroupId => ({
  subscriptionId: subscription,
  group: nameOf(name),
});

const subscription = (id: SubscriptionId, overrides: Partial<Subscription> = {}): Subscription => ({
  id,
  tenantId,
  displayName: 'Servers',
  state: 'Enabled',
  createdAt: now,
  ...overrides,
});

/** One enabled and one disabled subscription of the caller's tenant, and one of another. */
export const createResourcesWorld = (groups: readonly ResourceGroup[] = []) => {
  let count = 0;
  return {
    cloud,
    random: {
      bytes: (length: number) => {
        count += 1;
        return new Uint8Array(length).fill(count);
      },
    },
    tenants: {
      find: async (id: Uuid) => (id === tenantId ? { id, displayName: 'T', defaultDomain: 't.example' } : undefined),
      first: async () => undefined,
    },
    subscriptions: createInMemorySubscriptions([
      subscription(subscriptionId),
      subscription(disabledId, { state: 'Disabled' }),
      subscription(foreignId, { tenantId: caller.objectId }),
    ]),
    groups: createInMemoryGroups(groups),
    operations: createInMemoryOperations(),
  };
};
