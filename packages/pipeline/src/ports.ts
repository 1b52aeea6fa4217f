import type { KeyObject } from 'node:crypto';
import type { SubscriptionId } from '@holdfast/arm';
import type { Assignment, Role } from '@holdfast/authorization';
import type { Handler, Operation } from '@holdfast/contracts';
import type { Clock, Random, Uuid } from '@holdfast/kernel';
import type { Logger } from 'pino';

/** The handlers of every operation, by operation id. */
export type HandlerTable = Readonly<Record<string, Handler<Operation>>>;

/** Handlers bound to the database: reads to the pool, writes to one transaction that commits when `work` resolves. */
export interface HandlerSource {
  readonly read: HandlerTable;
  write<T>(work: (handlers: HandlerTable) => Promise<T>): Promise<T>;
}

/** The public half of a tenant's signing keys. */
export interface TokenKeys {
  find(tenantId: Uuid, keyId: string): Promise<KeyObject | undefined>;
}

/** Who holds what. Roles and grants as they are now, or at most as old as the promise of the implementation. */
export interface AccessReader {
  assignmentsOf(tenantId: Uuid, principalId: Uuid): Promise<readonly Assignment[]>;
  roles(tenantId: Uuid): Promise<ReadonlyMap<Uuid, Role>>;
}

/** A connected machine, found by the RFC 7638 thumbprint of its identity key. */
export interface MachineKey {
  readonly machineId: Uuid;
  readonly tenantId: Uuid;
  readonly publicKey: KeyObject;
  /** When the identity ends; undefined while it has no certificate yet. */
  readonly expiresAt: Date | undefined;
}

export interface MachineKeys {
  find(keyId: string, now: Date): Promise<MachineKey | undefined>;
}

/** Which tenant a subscription belongs to, for the challenge that tells clients where to sign in. */
export interface TenantFinder {
  tenantOf(subscriptionId: SubscriptionId): Promise<Uuid | undefined>;
}

export interface PipelineDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly operations: readonly Operation[];
  readonly handlers: HandlerSource;
  readonly tokenKeys: TokenKeys;
  readonly access: AccessReader;
  readonly machineKeys: MachineKeys;
  readonly tenants: TenantFinder;
  /** Public origin of the resource manager, such as `https://localhost:8443`. */
  readonly origin: string;
  /** Public origin of the token service. */
  readonly loginOrigin: string;
}
