import type { Uuid } from '@holdfast/kernel';
import type { Client } from './client.ts';
import type { Tenant } from './tenant.ts';

/** What issuing tokens reads. `ArmError` ServiceUnavailable, when it cannot be asked now, is passed on as such. */
export interface DirectoryStore {
  /** By id or verified domain, both in lower case. */
  findTenant(idOrDomain: string): Promise<Tenant | undefined>;
  /** The tenant that names without one stand for; the first that was created. */
  defaultTenant(): Promise<Tenant>;
  /** With all its credentials, expired ones included, so that the answer can tell expired from wrong. */
  findClient(tenantId: Uuid, appId: Uuid): Promise<Client | undefined>;
}
