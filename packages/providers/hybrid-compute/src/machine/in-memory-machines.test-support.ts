import type { GroupId, LongRunningOperation, ResourceId, SubscriptionId } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { Machine } from './machine.ts';
import type {
  Containers,
  LongRunningOperations,
  MachineQuery,
  MachineStore,
  ManagedIdentities,
} from './machine-store.ts';

const placeOf = (tenantId: Uuid, { subscriptionId, group, name }: ResourceId): string =>
  [tenantId, subscriptionId, group.key, name.key].join('/');

const isVisible = ({ visible }: MachineQuery, { group, name }: ResourceId): boolean =>
  visible === undefined ||
  visible.groupKeys.includes(group.key) ||
  visible.machines.some((each) => each.groupKey === group.key && each.nameKey === name.key);

/** Machines in a map: enough for the rules of the handlers. What a database adds is the store contract's business. */
export const createInMemoryMachines = (seed: readonly Machine[] = []): MachineStore & { all(): readonly Machine[] } => {
  const machines = new Map(seed.map((machine) => [placeOf(machine.tenantId, machine.id), machine]));
  const holdsKey = ({ machineId, key }: Machine) =>
    key !== undefined &&
    [...machines.values()].some((each) => each.machineId !== machineId && each.key?.keyId === key.keyId);
  return {
    all: () => [...machines.values()],
    find: async (tenantId, id) => machines.get(placeOf(tenantId, id)),
    list: async (query) =>
      [...machines.values()]
        .filter(({ tenantId, id }) => tenantId === query.tenantId && id.subscriptionId === query.subscriptionId)
        .filter(({ id }) => (query.groupKey ?? id.group.key) === id.group.key && isVisible(query, id))
        .map((machine) => ({ machine, order: `${machine.id.group.key} ${machine.id.name.key}` }))
        .filter(({ order }) => query.after === undefined || order > `${query.after.groupKey} ${query.after.nameKey}`)
        .sort((a, b) => (a.order < b.order ? -1 : 1))
        .slice(0, query.limit)
        .map(({ machine }) => machine),
    insert: async (machine) => {
      const place = placeOf(machine.tenantId, machine.id);
      if (machines.has(place)) return 'name-taken';
      if (holdsKey(machine)) return 'key-taken';
      machines.set(place, machine);
      return 'inserted';
    },
    update: async (machine) => {
      if (holdsKey(machine)) return 'key-taken';
      machines.set(placeOf(machine.tenantId, machine.id), { ...machine, version: machine.version + 1 });
      return 'updated';
    },
    delete: async ({ tenantId, id }) => void machines.delete(placeOf(tenantId, id)),
  };
};

export const createInMemoryIdentities = (): ManagedIdentities & { readonly principals: Set<Uuid> } => {
  const principals = new Set<Uuid>();
  return {
    principals,
    create: async ({ principalId }) => void principals.add(principalId),
    delete: async (_, principalId) => void principals.delete(principalId),
  };
};

/** One tenant's subscriptions and groups. */
export const containersWith = (
  tenantId: Uuid,
  subscriptions: ReadonlyMap<SubscriptionId, 'Enabled' | 'Disabled'>,
  groups: readonly GroupId[],
): Containers => ({
  findSubscription: async (tenant, id) => {
    const state = tenant === tenantId ? subscriptions.get(id) : undefined;
    return state && { state };
  },
  findGroup: async (tenant, id) =>
    groups.find(
      ({ subscriptionId, group }) =>
        tenant === tenantId && subscriptionId === id.subscriptionId && group.key === id.group.key,
    ),
});

export const createInMemoryOperations = (): LongRunningOperations => {
  const operations = new Map<string, LongRunningOperation>();
  return {
    insert: async (owner, operation) => void operations.set(JSON.stringify([owner, operation.id]), operation),
    find: async (owner, id) => operations.get(JSON.stringify([owner, id])),
  };
};
