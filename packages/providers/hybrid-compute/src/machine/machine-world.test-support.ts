import { apiVersion, type GroupId, nameOf, type SubscriptionId } from '@holdfast/arm';
import type { Principal, RequestContext } from '@holdfast/contracts';
import type { Random, Uuid } from '@holdfast/kernel';
import {
  containersWith,
  createInMemoryIdentities,
  createInMemoryMachines,
  createInMemoryOperations,
} from './in-memory-machines.test-support.ts';
import type { Machine } from './machine.ts';

export const now = new Date('2026-03-01T12:00:00.000Z');
export const tenantId = '11111111-1111-4111-8111-111111111111' as Uuid;
export const subscriptionId = 'dddddddd-0000-4000-8000-000000000001' as SubscriptionId;
export const disabledId = 'dddddddd-0000-4000-8000-000000000002' as SubscriptionId;
export const group: GroupId = { subscriptionId, group: nameOf('Servers') };

export const caller: Principal = {
  kind: 'Application',
  tenantId,
  objectId: 'aaaaaaaa-0000-4000-8000-000000000001' as Uuid,
  name: 'ci',
};

export const contextWith = (overrides: Partial<RequestContext<Principal>> = {}): RequestContext<Principal> => ({
  now,
  correlationId: 'c',
  caller,
  apiVersion: apiVersion('2026-07-15'),
  origin: 'https://arm.example',
  visibility: 'everything',
  conditions: {},
  ...overrides,
});

/** Counts, so that ids differ and repeat from run to run. */
const countingRandom = (): Random => {
  let count = 0;
  return {
    bytes: (length) => {
      count += 1;
      return Uint8Array.from({ length }, (_, at) => (at === length - 1 ? count % 256 : at));
    },
  };
};

/** What the handlers of machines need, with one group in an enabled subscription and one in a disabled one. */
export const createMachineWorld = (machines: readonly Machine[] = []) => ({
  random: countingRandom(),
  locations: ['local', 'northsite'],
  policy: () => ({ disconnectedAfter: 900_000, servingSince: new Date(0), interruptedAt: undefined }),
  machines: createInMemoryMachines(machines),
  identities: createInMemoryIdentities(),
  operations: createInMemoryOperations(),
  containers: containersWith(
    tenantId,
    new Map([
      [subscriptionId, 'Enabled'],
      [disabledId, 'Disabled'],
    ]),
    [group, { subscriptionId: disabledId, group: nameOf('Servers') }],
  ),
});
