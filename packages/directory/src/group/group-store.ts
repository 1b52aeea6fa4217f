import type { Uuid } from '@holdfast/kernel';
import type { DirectoryQuery, Page } from '../directory-query.ts';
import type { Group } from './group.ts';

export type GroupField = 'displayName' | 'mailNickname';

export interface GroupStore {
  /** `lock` keeps others from changing it until the transaction ends. */
  find(tenantId: Uuid, id: Uuid, options?: { readonly lock: boolean }): Promise<Group | undefined>;
  list(tenantId: Uuid, query: DirectoryQuery<GroupField>): Promise<Page<Group>>;
  insert(group: Group): Promise<void>;
  update(group: Group): Promise<boolean>;
  delete(tenantId: Uuid, id: Uuid): Promise<boolean>;
}
