import type { Uuid } from '@holdfast/kernel';
import type { DirectoryQuery, Page } from '../directory-query.ts';
import type { Group } from './group.ts';

export type GroupField = 'displayName' | 'mailNickname';

export interface GroupStore {
  find(tenantId: Uuid, id: Uuid): Promise<Group | undefined>;
  list(tenantId: Uuid, query: DirectoryQuery<GroupField>): Promise<Page<Group>>;
  insert(group: Group): Promise<void>;
  update(group: Group): Promise<boolean>;
  delete(tenantId: Uuid, id: Uuid): Promise<boolean>;
}
