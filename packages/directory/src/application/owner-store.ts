import type { Uuid } from '@holdfast/kernel';
import type { DirectoryObject } from '../group/group.ts';

export interface Ownership {
  readonly tenantId: Uuid;
  /** An application's or service principal's object id, or a group's. */
  readonly objectId: Uuid;
  readonly ownerId: Uuid;
}

/** Who may manage an object without a directory role. */
export interface OwnerStore {
  add(ownership: Ownership): Promise<boolean>;
  remove(ownership: Ownership): Promise<boolean>;
  isOwner(ownership: Ownership): Promise<boolean>;
  listOwners(tenantId: Uuid, objectId: Uuid): Promise<readonly DirectoryObject[]>;
  /** Ids of what the principal owns. */
  listOwned(tenantId: Uuid, ownerId: Uuid): Promise<readonly Uuid[]>;
}
