import {
  type GroupId,
  type LongRunningOperation,
  locationOf,
  nameOf,
  type ResourceId,
  type SubscriptionId,
} from '@holdfast/arm';
import {
  defaultTenantPolicy,
  type NewServicePrincipal,
  noRedirectUris,
  type Tenant,
  type User,
} from '@holdfast/directory';
import { newUuid, type Uuid } from '@holdfast/kernel';
import type { Beat, Machine } from '@holdfast/provider-hybrid-compute';
import type { ResourceGroup, Subscription } from '@holdfast/provider-resources';
import { seededRandom } from './seeded-random.ts';

/** A moment of the fixtures' own; builders date things by it. */
export const fixtureTime = new Date('2026-01-01T12:00:00.000Z');

/** Builders of valid values. Every call gives another one; what the test is about it states in `overrides`. */
export interface Fixtures {
  id(): Uuid;
  tenant(overrides?: Partial<Tenant>): Tenant;
  user(tenant: Tenant, overrides?: Partial<User>): User;
  servicePrincipal(tenant: Tenant, overrides?: Partial<NewServicePrincipal>): NewServicePrincipal;
  subscription(tenant: Tenant, overrides?: Partial<Subscription>): Subscription;
  group(subscription: Subscription, name: string, overrides?: Partial<ResourceGroup>): ResourceGroup;
  machine(group: ResourceGroup, name: string, overrides?: Partial<Machine>): Machine;
  beat(machine: Machine, counter: number, overrides?: Partial<Beat>): Beat;
  operation(overrides?: Partial<LongRunningOperation>): LongRunningOperation;
}

/** Different seeds give different ids, so that what several hands put into one database does not collide. */
export const createFixtures = (seed: string): Fixtures => {
  const random = seededRandom(seed);
  const id = () => newUuid(random);
  return {
    id,
    tenant: (overrides) => tenantWith(id, overrides),
    user: (tenant, overrides) => userWith(id, tenant, overrides),
    servicePrincipal: (tenant, overrides) => servicePrincipalWith(id, tenant, overrides),
    subscription: (tenant, overrides) => ({
      id: id() as SubscriptionId,
      tenantId: tenant.id,
      displayName: 'Subscription',
      state: 'Enabled',
      createdAt: fixtureTime,
      ...overrides,
    }),
    group: (subscription, name, overrides) => ({
      tenantId: subscription.tenantId,
      id: { subscriptionId: subscription.id, group: nameOf(name) },
      location: locationOf('westeurope'),
      tags: {},
      managedBy: undefined,
      createdAt: fixtureTime,
      changedAt: fixtureTime,
      version: 1,
      ...overrides,
    }),
    machine: (group, name, overrides) => machineWith(id, { group, name }, overrides),
    beat: (machine, counter, overrides) => beatWith(id, { machine, counter }, overrides),
    operation: (overrides) => ({
      id: id(),
      state: 'Succeeded',
      startedAt: fixtureTime,
      endedAt: fixtureTime,
      result: { status: 200 },
      error: undefined,
      ...overrides,
    }),
  };
};

type NewId = () => Uuid;

const tenantWith = (id: NewId, overrides?: Partial<Tenant>): Tenant => {
  const tenantId = id();
  return {
    id: tenantId,
    displayName: 'Tenant',
    defaultDomain: `${tenantId.slice(0, 8)}.example.com`,
    policy: defaultTenantPolicy,
    ...overrides,
  };
};

const userWith = (id: NewId, tenant: Tenant, overrides?: Partial<User>): User => ({
  id: id(),
  tenantId: tenant.id,
  userPrincipalName: `user-${id().slice(0, 8)}@${tenant.defaultDomain}`,
  displayName: 'User',
  profile: {},
  passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA',
  mustChangePassword: false,
  passwordChangedAt: fixtureTime,
  enabled: true,
  totp: undefined,
  external: undefined,
  tokensValidFrom: fixtureTime,
  createdAt: fixtureTime,
  ...overrides,
});

const servicePrincipalWith = (
  id: NewId,
  tenant: Tenant,
  overrides?: Partial<NewServicePrincipal>,
): NewServicePrincipal => ({
  tenantId: tenant.id,
  appId: id(),
  objectId: id(),
  applicationObjectId: id(),
  displayName: 'Program',
  enabled: true,
  kind: 'Application',
  secrets: [],
  certificates: [],
  federatedCredentials: [],
  redirectUris: noRedirectUris,
  isFallbackPublicClient: false,
  roles: [],
  createdAt: fixtureTime,
  ...overrides,
});

export const machineIdIn = (group: GroupId, name: string): ResourceId => ({
  ...group,
  namespace: 'Microsoft.HybridCompute',
  type: 'machines',
  name: nameOf(name),
});

const machineWith = (
  id: NewId,
  { group, name }: { group: ResourceGroup; name: string },
  overrides?: Partial<Machine>,
): Machine => ({
  machineId: id(),
  tenantId: group.tenantId,
  id: machineIdIn(group.id, name),
  location: group.location,
  tags: {},
  kind: undefined,
  vmId: id(),
  identity: { principalId: id(), clientId: id() },
  key: { publicKey: `key of ${name}`, keyId: id() },
  settings: {},
  systemData: {
    createdBy: 'someone',
    createdByType: 'User',
    createdAt: fixtureTime,
    lastModifiedBy: 'someone',
    lastModifiedByType: 'User',
    lastModifiedAt: fixtureTime,
  },
  version: 1,
  liveness: {
    agentVersion: undefined,
    lastHeartbeatAt: undefined,
    connectedSince: undefined,
    certificateNotAfter: undefined,
    clone: undefined,
  },
  facts: undefined,
  ...overrides,
});

const beatWith = (
  id: NewId,
  { machine, counter }: { machine: Machine; counter: number },
  overrides?: Partial<Beat>,
): Beat => ({
  machineId: machine.machineId,
  counter,
  beatId: id(),
  at: fixtureTime,
  agentVersion: '1.0.0',
  copy: { hostName: 'host', bootId: 'boot' },
  factsDigest: 'digest',
  facts: undefined,
  ...overrides,
});

/** The facts of an ordinary server. */
export const fixtureFacts: NonNullable<Machine['facts']> = {
  computerName: 'web-01',
  machineFqdn: 'web-01.example.com',
  dnsFqdn: 'web-01.example.com',
  domainName: 'example.com',
  os: { type: 'linux', name: 'linux', version: '6.12.0', sku: 'Debian GNU/Linux 13 (trixie)' },
  hardware: {
    manufacturer: 'QEMU',
    model: 'Standard PC',
    vmUuid: '4c4c4544-0000-2010-8020-80c04f202020',
    serialNumber: 'S-1',
    assetTag: '',
    architecture: 'x86_64',
    memoryBytes: 8 * 2 ** 30,
    sockets: 1,
    physicalCores: 2,
    logicalCores: 4,
    processors: [{ name: 'AMD EPYC', cores: 2 }],
  },
  firmware: { type: 'UEFI', serialNumber: 'F-1' },
  interfaces: [
    {
      id: '2',
      name: 'eth0',
      macAddress: '02:00:00:00:00:01',
      addresses: [{ address: '10.0.0.4', version: 'IPv4', subnet: '10.0.0.0/24' }],
    },
  ],
  disks: [{ id: 'sda', name: 'sda', path: '/dev/sda', diskType: 'disk', sizeBytes: 64 * 2 ** 30 }],
  cloud: { provider: 'N/A' },
  discovered: { mssql: false, mysql: false, pgsql: false },
};
