import { randomBytes } from 'node:crypto';
import {
  type Client,
  type DirectoryStore,
  defaultTenantPolicy,
  newClientSecret,
  noRedirectUris,
  type Tenant,
} from '@holdfast/directory';
import { addMs, type Clock, days, newUuid } from '@holdfast/kernel';
import type { SigningKeyStore, StoredSigningKey } from '../src/index.ts';
import { createTestKeyStore } from './test-key-store.ts';

export const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };

/** The machine's time plus what a test has put forward. */
export const createTestClock = (): Clock & { advance(ms: number): void } => {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    sleep: async () => {},
    advance: (ms) => {
      ahead += ms;
    },
  };
};

/** Two tenants in memory, with every way to change them that a test needs. */
export interface TestDirectory {
  readonly store: DirectoryStore;
  readonly keyStore: SigningKeyStore;
  readonly tenant: Tenant;
  readonly otherTenant: Tenant;
  readonly signingKeys: StoredSigningKey[];
  /** A client with one live secret. */
  addClient(tenant: Tenant, changes?: Partial<Client>): { client: Client; secret: string };
  /** Puts a client in the directory, or in place of the one with its ids. */
  putClient(client: Client): void;
  /** What the stores do from now on instead of answering. */
  failWith(error: Error | undefined): void;
}

export const createTestDirectory = (clock: Clock): TestDirectory => {
  const tenant = {
    id: newUuid(random),
    displayName: 'First',
    defaultDomain: 'first.example',
    policy: defaultTenantPolicy,
  };
  const otherTenant = {
    id: newUuid(random),
    displayName: 'Second',
    defaultDomain: 'second.example',
    policy: defaultTenantPolicy,
  };
  const clients = new Map<string, Client>();
  const signingKeys: StoredSigningKey[] = [];
  let failure: Error | undefined;
  const answer = async <Value>(value: Value): Promise<Value> => {
    if (failure !== undefined) throw failure;
    return value;
  };
  const putClient = (client: Client) => {
    clients.set(`${client.tenantId} ${client.appId}`, client);
  };
  return {
    tenant,
    otherTenant,
    signingKeys,
    putClient,
    store: {
      findTenant: (name) =>
        answer([tenant, otherTenant].find(({ id, defaultDomain }) => name === id || name === defaultDomain)),
      defaultTenant: () => answer(tenant),
      findClient: (tenantId, appId) => answer(clients.get(`${tenantId} ${appId}`)),
      findStanding: () => answer(undefined),
    },
    keyStore: {
      ...createTestKeyStore(signingKeys),
      listSigningKeys: (tenantId) => answer(signingKeys.filter((key) => key.tenantId === tenantId)),
    },
    failWith: (error) => {
      failure = error;
    },
    addClient: (inTenant, changes = {}) => {
      const made = newTestClient(clock, inTenant);
      const client = { ...made.client, ...changes };
      putClient(client);
      return { client, secret: made.secret };
    },
  };
};

const newTestClient = (clock: Clock, tenant: Tenant): { client: Client; secret: string } => {
  const { secret, record } = newClientSecret({
    now: clock.now(),
    random,
    displayName: 'test',
    endsAt: addMs(clock.now(), days(30)),
  });
  const ids = { tenantId: tenant.id, appId: newUuid(random), objectId: newUuid(random) };
  const credentials = { secrets: [record], certificates: [], federatedCredentials: [], roles: [] };
  const places = { redirectUris: noRedirectUris, isFallbackPublicClient: false };
  return {
    client: { ...ids, displayName: 'Test client', enabled: true, kind: 'Application', ...credentials, ...places },
    secret,
  };
};
