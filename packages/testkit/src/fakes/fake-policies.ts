import type { ConditionalAccessStore, IdentityProviderStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { inOrder } from './fake-page.ts';
import type { FakeState } from './fake-state.ts';
import type { FakeTable } from './fake-table.ts';

interface Item {
  readonly tenantId: Uuid;
  readonly id: Uuid;
  readonly createdAt: Date;
}

export const fakeConditionalAccess = ({ policies, locations }: FakeState): ConditionalAccessStore => ({
  listPolicies: async (tenantId) => listOf(policies, tenantId),
  putPolicy: async (policy) => put(policies, policy),
  deletePolicy: async (tenantId, id) => policies.remove(isItem({ tenantId, id })) > 0,
  listLocations: async (tenantId) => listOf(locations, tenantId),
  putLocation: async (location) => put(locations, location),
  deleteLocation: async (tenantId, id) => locations.remove(isItem({ tenantId, id })) > 0,
});

export const fakeIdentityProviders = ({ providers, users }: FakeState): IdentityProviderStore => ({
  list: async (tenantId) => listOf(providers, tenantId),
  find: async (tenantId, id) => providers.find(isItem({ tenantId, id })),
  insert: async (provider) => providers.insert(provider),
  delete: async (tenantId, id) => {
    for (const user of users.all().filter((each) => each.tenantId === tenantId && each.external?.providerId === id))
      users.replace((each) => each === user, { ...user, external: undefined });
    return providers.remove(isItem({ tenantId, id })) > 0;
  },
});

const isItem = (wanted: { tenantId: Uuid; id: Uuid }) => (item: Item) =>
  item.tenantId === wanted.tenantId && item.id === wanted.id;

const listOf = <Row extends Item>(table: FakeTable<Row>, tenantId: Uuid): readonly Row[] =>
  inOrder({
    items: table.all().filter((item) => item.tenantId === tenantId),
    fields: {},
    placeOf: (item) => ({ at: item.createdAt, id: item.id }),
  });

const put = <Row extends Item>(table: FakeTable<Row>, item: Row): void => {
  if (!table.replace(isItem(item), item)) table.insert(item);
};
