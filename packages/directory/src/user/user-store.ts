import type { Uuid } from '@holdfast/kernel';
import type { DirectoryQuery, Page } from '../directory-query.ts';
import type { ExternalIdentity, User } from './user.ts';

export type UserField = 'userPrincipalName' | 'displayName' | 'mail' | 'mailNickname' | 'accountEnabled';

/** People, as the directory's API and sign-in read and write them. Every question names its tenant. */
export interface UserStore {
  /** `lock` keeps others from changing it until the transaction ends. */
  find(tenantId: Uuid, id: Uuid, options?: { readonly lock: boolean }): Promise<User | undefined>;
  /** Letter case does not count. */
  findByName(tenantId: Uuid, userPrincipalName: string): Promise<User | undefined>;
  findByExternal(tenantId: Uuid, external: ExternalIdentity): Promise<User | undefined>;
  list(tenantId: Uuid, query: DirectoryQuery<UserField>): Promise<Page<User>>;
  /** False when the name is taken. */
  insert(user: User): Promise<boolean>;
  /** Everything but id, tenant and creation; false when the new name is taken or there is no such user. */
  update(user: User): Promise<boolean>;
  /** With memberships, roles, consents, sessions and refresh tokens; false when there was none. */
  delete(tenantId: Uuid, id: Uuid): Promise<boolean>;
  /** Marks a time step as used; false when it, or a later one, was used before. Atomic across replicas. */
  claimTotpStep(tenantId: Uuid, id: Uuid, step: number): Promise<boolean>;
}
