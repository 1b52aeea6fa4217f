import type { Authority } from '@holdfast/certificate-authority';
import {
  agentOperations,
  graphOperations,
  machineOperations,
  metadataOperations,
  type Operation,
  resourceGroupOperations,
  roleOperations,
  subscriptionOperations,
} from '@holdfast/contracts';
import type { Clock, Random } from '@holdfast/kernel';
import {
  type HandlerSource,
  type HandlerTable,
  hostOperations,
  type PipelineDependencies,
  type RequestMetrics,
} from '@holdfast/pipeline';
import { authorizationHandlers } from '@holdfast/provider-authorization';
import { createDirectoryAccess, type GraphStores, graphHandlers } from '@holdfast/provider-graph';
import {
  createHeartbeatBatch,
  hybridComputeHandlers,
  type MachineAuthority,
  type MachineTokens,
} from '@holdfast/provider-hybrid-compute';
import { type Cloud, resourcesHandlers } from '@holdfast/provider-resources';
import type { Sealer } from '@holdfast/sealing';
import { createStores, type OpenDatabase, runInTransaction, type Stores } from '@holdfast/store-postgres';
import {
  type ChangeUser,
  createKeyRing,
  createTokenIssuer,
  type GuessStore,
  machineTokenSeconds,
  type SignInRecorder,
  type TokenIssuer,
  tokenRoutes,
} from '@holdfast/token-service';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Availability } from './availability.ts';
import { createCachedAccess } from './cached-access.ts';
import { createCachedStanding } from './cached-standing.ts';
import type { Config } from './config/config.ts';
import { createMachineKeys } from './machine-keys.ts';
import { createPasswords } from './passwords.ts';
import { createTokenKeys } from './token-keys.ts';

export interface Parts {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly database: OpenDatabase;
  readonly sealer: Sealer;
  readonly authority: Authority;
  readonly availability: Availability;
  readonly signInRecorder: SignInRecorder;
  readonly metrics: RequestMetrics;
}

/** Plugs every port and puts the operations and the token service on the host. */
export const compose = (host: FastifyInstance, parts: Parts): void => {
  const { config, clock, random, log, database } = parts;
  const { origin } = config;
  const stores = createStores(database.db);
  const keyRing = createKeyRing({ store: stores.signingKeys, sealer: parts.sealer, clock });
  const tokens = createTokenIssuer({ keyRing, loginOrigin: origin, clock, random });
  const pipeline: PipelineDependencies = {
    clock,
    random,
    log,
    operations,
    handlers: handlerSource(parts, stores, tokens),
    tokenKeys: createTokenKeys(keyRing),
    directoryAccess: createDirectoryAccess(graphStores(stores), clock),
    standing: createCachedStanding(stores.directory, clock),
    access: createCachedAccess(stores.roleAssignments, clock),
    machineKeys: createMachineKeys(stores.connectedMachines, { clock, period: parts.availability.period }),
    tenants: { tenantOf: stores.tenantOfSubscription },
    origin,
    graphOrigin: origin,
    loginOrigin: origin,
  };
  hostOperations(host, pipeline, parts.metrics);
  host.register(
    tokenRoutes({
      stores,
      keyRing,
      tokens,
      sealer: parts.sealer,
      changeUser: changeUserIn(database),
      signInLog: parts.signInRecorder,
      origins: { login: origin, graph: origin, management: origin },
      clock,
      random,
    }),
  );
};

const changeUserIn =
  ({ db }: OpenDatabase): ChangeUser =>
  ({ tenantId, id }, change) =>
    runInTransaction(db, async ({ users }) => {
      const user = await users.find(tenantId, id, { lock: true });
      if (user === undefined) return undefined;
      const changed = change(user);
      await users.update(changed);
      return changed;
    });

const operations: readonly Operation[] = [
  metadataOperations,
  subscriptionOperations,
  resourceGroupOperations,
  machineOperations,
  agentOperations,
  roleOperations,
  graphOperations,
].flatMap((table) => Object.values(table) as Operation[]);

/** Reads share one set of handlers over the pool; each write gets its own over its transaction. */
const handlerSource = (parts: Parts, pooled: Stores, issuer: TokenIssuer): HandlerSource => {
  const { config, database } = parts;
  const heartbeats = createHeartbeatBatch({ store: pooled.heartbeats, silence: config.disconnectedAfter });
  // Wrong guesses count although the change that they were made in is undone.
  const { guesses } = pooled;
  const fixed = { guesses, heartbeats, tokens: machineTokens(issuer), authority: machineAuthority(parts.authority) };
  const handlersOver = (stores: Stores) => handlerTable(parts, stores, fixed);
  return {
    read: handlersOver(pooled),
    write: (work) => runInTransaction(database.db, (stores) => work(handlersOver(stores))),
  };
};

interface Fixed {
  readonly guesses: GuessStore;
  readonly heartbeats: ReturnType<typeof createHeartbeatBatch>;
  readonly tokens: MachineTokens;
  readonly authority: MachineAuthority;
}

const handlerTable = ({ config, clock, random, availability }: Parts, stores: Stores, fixed: Fixed): HandlerTable => {
  const cloud = cloudOf(config);
  const { tenants, subscriptions, resourceGroups, longRunningOperations: operations } = stores;
  return {
    ...resourcesHandlers({ cloud, random, tenants, subscriptions, groups: resourceGroups, operations }),
    ...graphHandlers({
      ...graphStores(stores),
      random,
      passwords: createPasswords(fixed.guesses, { clock, random }),
      ownNames: [config.origin],
    }),
    ...authorizationHandlers({
      assignments: stores.roleAssignments,
      principals: stores.principals,
      places: stores.places,
    }),
    ...hybridComputeHandlers({
      ...fixed,
      random,
      operations,
      locations: config.locations,
      policy: () => ({ disconnectedAfter: config.disconnectedAfter, ...availability.period() }),
      heartbeatSeconds: config.heartbeatInterval / 1000,
      machines: stores.machines,
      containers: stores.containers,
      identities: stores.managedIdentities,
      connected: stores.connectedMachines,
    }),
  } as unknown as HandlerTable;
};

const graphStores = (stores: Stores): GraphStores => ({
  ...stores,
  tenants: stores.directory,
  objects: stores.directoryObjects,
  roles: stores.directoryRoles,
});

const cloudOf = ({ origin, locations }: Config): Cloud => ({
  name: 'Holdfast',
  resourceManager: origin,
  login: origin,
  graph: origin,
  portal: `${origin}/portal`,
  locations: locations.map((name) => ({ name, displayName: name })),
});

const machineTokens = (issuer: TokenIssuer): MachineTokens => ({
  issue: async (request) => {
    const issued = await issuer.issueMachineToken({ ...request, lifetimeSeconds: machineTokenSeconds });
    return {
      token: issued.accessToken,
      notBefore: new Date(issued.notBefore * 1000),
      expiresOn: new Date(issued.expiresOn * 1000),
    };
  },
});

const machineAuthority = (authority: Authority): MachineAuthority => ({
  issue: async ({ publicKey, machineId, vmId, tenantId, notBefore, notAfter }) => {
    const subject = { machineId, vmId, tenantId };
    const issued = await authority.issueMachineCertificate({ publicKeySpki: publicKey, subject, notBefore, notAfter });
    return { certificatePem: issued.certificatePem + authority.certificatePem, serialNumber: issued.serialNumber };
  },
});
