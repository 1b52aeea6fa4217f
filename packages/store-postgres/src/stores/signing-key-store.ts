import type { Uuid } from '@holdfast/kernel';
import type { SigningKeyStore, StoredSigningKey } from '@holdfast/token-service';
import type { Handle } from '../handle.ts';
import type { SigningKeyRow } from '../rows/sign-in.ts';

export const createSigningKeyStore = (db: Handle): SigningKeyStore => ({
  listSigningKeys: (tenantId) => listSigningKeys(db, tenantId),
  addSigningKey: (key) => addSigningKey(db, key),
  retireSigningKey: (key, retiresAt) => retireSigningKey(db, key, retiresAt),
  deleteRetired: (now) => deleteRetired(db, now),
  lockForRotation: (tenantId) => lockForRotation(db, tenantId),
  listTenantIds: () => listTenantIds(db),
});

const listSigningKeys = async (db: Handle, tenantId: Uuid): Promise<readonly StoredSigningKey[]> => {
  const rows = await db
    .selectFrom('signing_key')
    .select(['signing_key.tenant_id', 'signing_key.kid', 'signing_key.algorithm', 'signing_key.public_key_spki'])
    .select(['signing_key.sealed_private_key', 'signing_key.signs_from', 'signing_key.retires_at'])
    .select('signing_key.created_at')
    .where('signing_key.tenant_id', '=', tenantId)
    .orderBy('signing_key.signs_from')
    .orderBy('signing_key.kid')
    .execute();
  return rows.map(signingKeyOf);
};

const addSigningKey = async (db: Handle, key: StoredSigningKey): Promise<void> => {
  await db
    .insertInto('signing_key')
    .values({
      tenant_id: key.tenantId,
      kid: key.kid,
      algorithm: key.algorithm,
      public_key_spki: Buffer.from(key.publicKeySpki),
      sealed_private_key: Buffer.from(key.sealedPrivateKey),
      signs_from: key.signsFrom,
      retires_at: key.retiresAt ?? null,
      created_at: key.createdAt,
    })
    .execute();
};

const retireSigningKey = async (
  db: Handle,
  { tenantId, kid }: { tenantId: Uuid; kid: string },
  retiresAt: Date,
): Promise<boolean> => {
  const retired = await db
    .updateTable('signing_key')
    .set({ retires_at: retiresAt })
    .where('signing_key.tenant_id', '=', tenantId)
    .where('signing_key.kid', '=', kid)
    .returning('signing_key.kid')
    .executeTakeFirst();
  return retired !== undefined;
};

const deleteRetired = async (db: Handle, now: Date): Promise<number> => {
  const deleted = await db.deleteFrom('signing_key').where('signing_key.retires_at', '<', now).executeTakeFirst();
  return Number(deleted.numDeletedRows);
};

/** The tenant's row stands for all of its keys. Rows that refer to it may be inserted all the same. */
const lockForRotation = async (db: Handle, tenantId: Uuid): Promise<void> => {
  await db
    .selectFrom('tenant')
    .select('tenant.tenant_id')
    .where('tenant.tenant_id', '=', tenantId)
    .forNoKeyUpdate()
    .execute();
};

const listTenantIds = async (db: Handle): Promise<readonly Uuid[]> => {
  const rows = await db.selectFrom('tenant').select('tenant.tenant_id').orderBy('tenant.ordinal').execute();
  return rows.map((row) => row.tenant_id);
};

const signingKeyOf = (row: SigningKeyRow): StoredSigningKey => ({
  tenantId: row.tenant_id,
  kid: row.kid,
  algorithm: row.algorithm,
  publicKeySpki: row.public_key_spki,
  sealedPrivateKey: row.sealed_private_key,
  signsFrom: row.signs_from,
  retiresAt: row.retires_at ?? undefined,
  createdAt: row.created_at,
});
