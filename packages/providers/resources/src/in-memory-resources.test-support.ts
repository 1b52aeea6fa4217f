import type { LongRunningOperation } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { LongRunningOperations, ResourceGroup, ResourceGroupStore } from './resource-group/resource-group.ts';
import type { Subscription, SubscriptionAlias, SubscriptionStore } from './subscription/subscription.ts';

export const createInMemorySubscriptions = (seed: readonly Subscription[] = []): SubscriptionStore => {
  const subscriptions = new Map<string, Subscription>(seed.map((each) => [each.id, each]));
  const aliases = new Map<string, SubscriptionAlias>();
  const aliasKey = (tenantId: Uuid, name: string) => `${tenantId}/${name.toLowerCase()}`;
  const put = <Value>(map: Map<string, Value>, key: string, value: Value): boolean => {
    if (map.has(key)) return false;
    map.set(key, value);
    return true;
  };
  return {
    find: async (tenantId, id) => {
      const found = subscriptions.get(id);
      return found?.tenantId === tenantId ? found : undefined;
    },
    list: async (tenantId) => [...subscriptions.values()].filter((each) => each.tenantId === tenantId),
    insert: async (subscription) => put(subscriptions, subscription.id, subscription),
    update: async (subscription) => void subscriptions.set(subscription.id, subscription),
    findAlias: async (tenantId, name) => aliases.get(aliasKey(tenantId, name)),
    insertAlias: async (alias) => put(aliases, aliasKey(alias.tenantId, alias.name), alias),
  };
};

export const createInMemoryGroups = (
  seed: readonly ResourceGroup[] = [],
): ResourceGroupStore & { all(): readonly ResourceGroup[] } => {
  const keyOf = ({ tenantId, id }: Pick<ResourceGroup, 'tenantId' | 'id'>) =>
    [tenantId, id.subscriptionId, id.group.key].join('/');
  const groups = new Map(seed.map((group) => [keyOf(group), group]));
  return {
    all: () => [...groups.values()],
    find: async (tenantId, id) => groups.get(keyOf({ tenantId, id })),
    list: async ({ tenantId, subscriptionId, groupKeys, tag, after = '', limit }) =>
      [...groups.values()]
        .filter((group) => group.tenantId === tenantId && group.id.subscriptionId === subscriptionId)
        .filter(({ id }) => (groupKeys?.includes(id.group.key) ?? true) && id.group.key > after)
        .filter(({ tags }) => tag === undefined || (tags[tag.name] ?? '') === (tag.value ?? tags[tag.name]))
        .sort((a, b) => (a.id.group.key < b.id.group.key ? -1 : 1))
        .slice(0, limit),
    insert: async (group) => {
      const isFree = !groups.has(keyOf(group));
      if (isFree) groups.set(keyOf(group), group);
      return isFree;
    },
    update: async (group) => void groups.set(keyOf(group), { ...group, version: group.version + 1 }),
    delete: async (group) => void groups.delete(keyOf(group)),
    any: async (tenantId, subscriptionId) =>
      [...groups.values()].some((group) => group.tenantId === tenantId && group.id.subscriptionId === subscriptionId),
  };
};

export const createInMemoryOperations = (): LongRunningOperations => {
  const operations = new Map<string, LongRunningOperation>();
  return {
    insert: async (owner, operation) => void operations.set(JSON.stringify([owner, operation.id]), operation),
    find: async (owner, id) => operations.get(JSON.stringify([owner, id])),
  };
};
