import type {
  ConditionalAccessPolicy,
  ConditionalAccessStore,
  GrantControls,
  NamedLocation,
  PolicyConditions,
} from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { Handle } from '../handle.ts';
import { storableJson, storableText } from '../storable.ts';

export const createConditionalAccessStore = (db: Handle): ConditionalAccessStore => ({
  listPolicies: (tenantId) => listPolicies(db, tenantId),
  putPolicy: (policy) => putPolicy(db, policy),
  deletePolicy: (tenantId, id) => deletePolicy(db, tenantId, id),
  listLocations: (tenantId) => listLocations(db, tenantId),
  putLocation: (location) => putLocation(db, location),
  deleteLocation: (tenantId, id) => deleteLocation(db, tenantId, id),
});

const listPolicies = async (db: Handle, tenantId: Uuid): Promise<readonly ConditionalAccessPolicy[]> => {
  const rows = await db
    .selectFrom('conditional_access_policy as policy')
    .select(['policy.tenant_id', 'policy.policy_id', 'policy.display_name', 'policy.state', 'policy.conditions'])
    .select(['policy.grant_controls', 'policy.created_at', 'policy.modified_at'])
    .where('policy.tenant_id', '=', tenantId)
    .orderBy('policy.created_at')
    .orderBy('policy.policy_id')
    .execute();
  return rows.map((row) => ({
    id: row.policy_id,
    tenantId: row.tenant_id,
    displayName: row.display_name,
    state: row.state,
    conditions: row.conditions as PolicyConditions,
    grant: row.grant_controls as GrantControls,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  }));
};

const putPolicy = async (db: Handle, policy: ConditionalAccessPolicy): Promise<void> => {
  const content = {
    display_name: storableText(policy.displayName),
    state: policy.state,
    conditions: storableJson(policy.conditions),
    grant_controls: storableJson(policy.grant),
    created_at: policy.createdAt,
    modified_at: policy.modifiedAt,
  };
  await db
    .insertInto('conditional_access_policy')
    .values({ tenant_id: policy.tenantId, policy_id: policy.id, ...content })
    .onConflict((conflict) => conflict.constraint('conditional_access_policy_pkey').doUpdateSet(content))
    .execute();
};

const deletePolicy = async (db: Handle, tenantId: Uuid, id: Uuid): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('conditional_access_policy')
    .where('conditional_access_policy.tenant_id', '=', tenantId)
    .where('conditional_access_policy.policy_id', '=', id)
    .returning('conditional_access_policy.policy_id')
    .executeTakeFirst();
  return deleted !== undefined;
};

const listLocations = async (db: Handle, tenantId: Uuid): Promise<readonly NamedLocation[]> => {
  const rows = await db
    .selectFrom('named_location as location')
    .select(['location.tenant_id', 'location.location_id', 'location.display_name', 'location.is_trusted'])
    .select(['location.ranges', 'location.created_at', 'location.modified_at'])
    .where('location.tenant_id', '=', tenantId)
    .orderBy('location.created_at')
    .orderBy('location.location_id')
    .execute();
  return rows.map((row) => ({
    id: row.location_id,
    tenantId: row.tenant_id,
    displayName: row.display_name,
    isTrusted: row.is_trusted,
    ranges: row.ranges,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  }));
};

const putLocation = async (db: Handle, location: NamedLocation): Promise<void> => {
  const content = {
    display_name: storableText(location.displayName),
    is_trusted: location.isTrusted,
    ranges: [...location.ranges],
    created_at: location.createdAt,
    modified_at: location.modifiedAt,
  };
  await db
    .insertInto('named_location')
    .values({ tenant_id: location.tenantId, location_id: location.id, ...content })
    .onConflict((conflict) => conflict.constraint('named_location_pkey').doUpdateSet(content))
    .execute();
};

const deleteLocation = async (db: Handle, tenantId: Uuid, id: Uuid): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('named_location')
    .where('named_location.tenant_id', '=', tenantId)
    .where('named_location.location_id', '=', id)
    .returning('named_location.location_id')
    .executeTakeFirst();
  return deleted !== undefined;
};
