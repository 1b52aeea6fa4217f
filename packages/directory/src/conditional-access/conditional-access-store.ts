import type { Uuid } from '@holdfast/kernel';
import type { ConditionalAccessPolicy, NamedLocation } from './policy.ts';

export interface ConditionalAccessStore {
  listPolicies(tenantId: Uuid): Promise<readonly ConditionalAccessPolicy[]>;
  /** Inserts it, or puts it in place of the one with its id. */
  putPolicy(policy: ConditionalAccessPolicy): Promise<void>;
  deletePolicy(tenantId: Uuid, id: Uuid): Promise<boolean>;
  listLocations(tenantId: Uuid): Promise<readonly NamedLocation[]>;
  putLocation(location: NamedLocation): Promise<void>;
  deleteLocation(tenantId: Uuid, id: Uuid): Promise<boolean>;
}
