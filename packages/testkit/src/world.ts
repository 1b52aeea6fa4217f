import type { Tenant, User } from '@holdfast/directory';
import type { Machine } from '@holdfast/provider-hybrid-compute';
import type { ResourceGroup, Subscription } from '@holdfast/provider-resources';
import type { Stores } from '@holdfast/store-postgres';
import { type Fixtures, fixtureTime } from './fixtures.ts';

/** The stores that a contract needs: those it is about, and those that put its surroundings in place. */
export type Some<Names extends keyof Stores> = Pick<Stores, Names>;

/** A tenant with one subscription and one group in it. */
export interface World {
  readonly tenant: Tenant;
  readonly subscription: Subscription;
  readonly group: ResourceGroup;
}

/** Whatever can put a tenant in place; fakes need not. */
export interface TenantMaker {
  readonly directoryWriter: Pick<Stores['directoryWriter'], 'createTenant'>;
}

export const putTenant = async (stores: TenantMaker, fixtures: Fixtures): Promise<Tenant> => {
  const tenant = fixtures.tenant();
  await stores.directoryWriter.createTenant(tenant);
  return tenant;
};

/** A user of a tenant of their own. */
export const putUser = async (
  stores: TenantMaker & Some<'users'>,
  fixtures: Fixtures,
  overrides?: Partial<User>,
): Promise<User> => {
  const user = fixtures.user(await putTenant(stores, fixtures), overrides);
  await stores.users.insert(user);
  return user;
};

export type WorldStores = Some<'directoryWriter' | 'subscriptions' | 'resourceGroups'>;

export const putWorld = async (stores: WorldStores, fixtures: Fixtures): Promise<World> => {
  const tenant = fixtures.tenant();
  const subscription = fixtures.subscription(tenant);
  const group = fixtures.group(subscription, 'Group');
  await stores.directoryWriter.createTenant(tenant);
  await stores.subscriptions.insert(subscription);
  await stores.resourceGroups.insert(group);
  return { tenant, subscription, group };
};

/** A machine together with its identity, as connecting makes them. */
export const putMachine = async (
  stores: Some<'machines' | 'managedIdentities'>,
  machine: Machine,
): Promise<'inserted' | 'name-taken' | 'key-taken'> => {
  await putIdentity(stores, machine);
  return stores.machines.insert(machine);
};

export const putIdentity = (stores: Some<'managedIdentities'>, machine: Machine): Promise<void> =>
  stores.managedIdentities.create({
    tenantId: machine.tenantId,
    principalId: machine.identity.principalId,
    clientId: machine.identity.clientId,
    displayName: machine.id.name.text,
    now: fixtureTime,
  });
