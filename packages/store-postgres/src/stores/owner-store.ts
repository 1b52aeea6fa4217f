import type { OwnerStore, Ownership } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { listObjects } from './directory-objects.ts';

export const createOwnerStore = (db: Handle): OwnerStore => ({
  add: (ownership) => add(db, ownership),
  remove: (ownership) => remove(db, ownership),
  isOwner: (ownership) => isOwner(db, ownership),
  listOwners: (tenantId, objectId) => listOwners(db, tenantId, objectId),
  listOwned: (tenantId, ownerId) => listOwned(db, tenantId, ownerId),
});

const add = async (db: Handle, { tenantId, objectId, ownerId }: Ownership): Promise<boolean> => {
  const inserted = await db
    .insertInto('object_owner')
    .values({ tenant_id: tenantId, object_id: objectId, owner_id: ownerId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('object_owner.owner_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

const remove = async (db: Handle, { tenantId, objectId, ownerId }: Ownership): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('object_owner')
    .where('object_owner.tenant_id', '=', tenantId)
    .where('object_owner.object_id', '=', objectId)
    .where('object_owner.owner_id', '=', ownerId)
    .returning('object_owner.owner_id')
    .executeTakeFirst();
  return deleted !== undefined;
};

const isOwner = async (db: Handle, { tenantId, objectId, ownerId }: Ownership): Promise<boolean> => {
  const row = await db
    .selectFrom('object_owner')
    .select('object_owner.owner_id')
    .where('object_owner.tenant_id', '=', tenantId)
    .where('object_owner.object_id', '=', objectId)
    .where('object_owner.owner_id', '=', ownerId)
    .executeTakeFirst();
  return row !== undefined;
};

const listOwners = (db: Handle, tenantId: Uuid, objectId: Uuid) =>
  listObjects(
    db,
    tenantId,
    sql`
      select object_owner.owner_id
      from object_owner
      where object_owner.tenant_id = ${tenantId}::uuid and object_owner.object_id = ${objectId}::uuid`,
  );

const listOwned = async (db: Handle, tenantId: Uuid, ownerId: Uuid): Promise<readonly Uuid[]> => {
  const rows = await db
    .selectFrom('object_owner')
    .select('object_owner.object_id')
    .where('object_owner.tenant_id', '=', tenantId)
    .where('object_owner.owner_id', '=', ownerId)
    .orderBy('object_owner.object_id')
    .execute();
  return rows.map((row) => row.object_id);
};
