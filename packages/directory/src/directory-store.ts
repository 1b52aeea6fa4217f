import type { Uuid } from '@holdfast/kernel';
import type { Client } from './application/client.ts';
import type { Tenant } from './tenant/tenant.ts';

/** What issuing tokens reads. `ArmError` ServiceUnavailable, when it cannot be asked now, is passed on as such. */
export interface DirectoryStore {
  /** By id or verified domain, both in lower case. */
  findTenant(idOrDomain: string): Promise<Tenant | undefined>;
  /** The tenant that names without one stand for; the first that was created. */
  defaultTenant(): Promise<Tenant>;
  /** With all its credentials, expired ones included, so that the answer can tell expired from wrong. */
  findClient(tenantId: Uuid, appId: Uuid): Promise<Client | undefined>;
  /** What the resource managers ask of every token: undefined for a principal that is no more. */
  findStanding(tenantId: Uuid, principalId: Uuid): Promise<Standing | undefined>;
}

/** Whether a principal's tokens still count. */
export interface Standing {
  readonly enabled: boolean;
  /** A person's tokens from before no longer count. */
  readonly tokensValidFrom: Date | undefined;
  /** The credentials a program has now; a token obtained with another no longer counts. */
  readonly credentialIds: readonly Uuid[];
}
