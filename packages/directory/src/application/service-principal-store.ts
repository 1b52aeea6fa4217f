import type { Uuid } from '@holdfast/kernel';
import type { DirectoryQuery, Page } from '../directory-query.ts';
import type { ServicePrincipal } from './application.ts';

/** `servicePrincipalName` matches the appId and each identifier URI. */
export type ServicePrincipalField = 'appId' | 'displayName' | 'servicePrincipalName' | 'servicePrincipalType' | 'id';

export interface ServicePrincipalStore {
  /** `lock` keeps others from changing it until the transaction ends. */
  find(tenantId: Uuid, id: Uuid, options?: { readonly lock: boolean }): Promise<ServicePrincipal | undefined>;
  list(tenantId: Uuid, query: DirectoryQuery<ServicePrincipalField>): Promise<Page<ServicePrincipal>>;
  /** False when the application has one already. */
  insert(principal: ServicePrincipal): Promise<boolean>;
  /** Display name, `enabled`, permissions and tags. */
  update(principal: ServicePrincipal): Promise<boolean>;
  /** With its role assignments, memberships and consents; the application stays. */
  delete(tenantId: Uuid, id: Uuid): Promise<boolean>;
}
