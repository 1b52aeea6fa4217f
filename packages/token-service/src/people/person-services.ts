import type { ConsentStore, DirectoryRoleStore, MembershipStore, User, UserStore } from '@holdfast/directory';
import type { Clock, Random, Uuid } from '@holdfast/kernel';
import type { ConditionalAccess } from '../conditional-access/judge.ts';
import type { ResourceOrigins } from '../dialect/requested-resource.ts';
import type { CachedDirectory } from '../directory/cached-directory.ts';
import type { RefreshTokenStore } from '../refresh/refresh-token-store.ts';
import type { TokenIssuer } from '../tokens/token-issuer.ts';

/**
 * Changes a person as they are at that moment, whatever somebody else changes meanwhile; undefined when there is no such
 * person.
 */
export type ChangeUser = (
  who: { readonly tenantId: Uuid; readonly id: Uuid },
  change: (user: User) => User,
) => Promise<User | undefined>;

/** What every way to a person's token works with. */
export interface PersonServices {
  readonly directory: CachedDirectory;
  readonly users: UserStore;
  readonly changeUser: ChangeUser;
  readonly roles: DirectoryRoleStore;
  readonly memberships: MembershipStore;
  readonly consents: ConsentStore;
  readonly refreshTokens: RefreshTokenStore;
  readonly tokens: TokenIssuer;
  readonly conditionalAccess: ConditionalAccess;
  readonly origins: ResourceOrigins & { readonly login: string };
  readonly clock: Clock;
  readonly random: Random;
}
