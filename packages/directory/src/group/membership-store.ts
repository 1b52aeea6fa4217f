import type { Uuid } from '@holdfast/kernel';
import type { DirectoryObject, Group } from './group.ts';

export interface Membership {
  readonly tenantId: Uuid;
  readonly groupId: Uuid;
  /** A user, a service principal or a group. */
  readonly memberId: Uuid;
}

export interface MembershipStore {
  /** False when it is a member already. */
  add(membership: Membership): Promise<boolean>;
  /** False when it was none. */
  remove(membership: Membership): Promise<boolean>;
  /** Direct members, with `transitive` those of groups within as well. */
  listMembers(tenantId: Uuid, groupId: Uuid, options: { transitive: boolean }): Promise<readonly DirectoryObject[]>;
  /** The groups that hold it directly, with `transitive` also the groups that hold those. A circle ends by itself. */
  listGroupsOf(tenantId: Uuid, memberId: Uuid, options: { transitive: boolean }): Promise<readonly Group[]>;
}
