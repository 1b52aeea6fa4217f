import type { KeyObject } from 'node:crypto';
import type { SubscriptionId } from '@holdfast/arm';
import type { Assignment, Role } from '@holdfast/authorization';
import type { Handler, Operation, OwnedKind, Principal } from '@holdfast/contracts';
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

/** Whether a principal's tokens still count. */
export interface Standing {
  readonly enabled: boolean;
  /** A person's tokens from before no longer count. */
  readonly tokensValidFrom: Date | undefined;
  /** The credentials a program has now; a token obtained with another no longer counts. */
  readonly credentialIds: readonly Uuid[];
}

/** Asked for every request: an answer may be a few seconds old, and must be quick. */
export interface PrincipalStanding {
  /** Undefined for a principal that is no more. */
  find(tenantId: Uuid, principalId: Uuid): Promise<Standing | undefined>;
}

/** What some role of the directory lets its holders do: `actions` less `notActions`, patterns both. */
export interface DirectoryActions {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

export interface OwnershipQuestion {
  readonly tenantId: Uuid;
  readonly principalId: Uuid;
  readonly kind: OwnedKind;
  /** The object as the path names it: by its id, or in another way that the directory's API knows. */
  readonly key: string;
}

/** Who holds what in the directory. */
export interface DirectoryAccess {
  /** Of the principal itself, of its groups, and what everybody of its kind may do. */
  rolesOf(caller: Principal): Promise<readonly DirectoryActions[]>;
  isOwner(question: OwnershipQuestion): Promise<boolean>;
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
  readonly standing: PrincipalStanding;
  readonly access: AccessReader;
  readonly directoryAccess: DirectoryAccess;
  readonly machineKeys: MachineKeys;
  readonly tenants: TenantFinder;
  /** Public origin of the resource manager, such as `https://localhost:8443`. */
  readonly origin: string;
  /** Public origin of the directory's API. */
  readonly graphOrigin: string;
  /** Public origin of the token service. */
  readonly loginOrigin: string;
}
