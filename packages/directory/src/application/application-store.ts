import type { Uuid } from '@holdfast/kernel';
import type { DirectoryQuery, Page } from '../directory-query.ts';
import type { Application } from './application.ts';

export type ApplicationField = 'appId' | 'displayName' | 'identifierUris' | 'id';

/** Applications with all their credentials, expired ones included. */
export interface ApplicationStore {
  /** `lock` keeps others from changing it until the transaction ends. */
  find(tenantId: Uuid, id: Uuid, options?: { readonly lock: boolean }): Promise<Application | undefined>;
  list(tenantId: Uuid, query: DirectoryQuery<ApplicationField>): Promise<Page<Application>>;
  /** Without credentials: they have a store of their own. False when an identifier URI is taken. */
  insert(application: Application): Promise<boolean>;
  /** Everything but ids, creation and credentials; false when an identifier URI is taken. */
  update(application: Application): Promise<boolean>;
  /** With its service principal, credentials, owners and grants; false when there was none. */
  delete(tenantId: Uuid, id: Uuid): Promise<boolean>;
}
