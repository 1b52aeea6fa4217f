import type { Uuid } from '@holdfast/kernel';
import type { SigningKeyStore, StoredSigningKey } from '@holdfast/token-service';
import type { Handle } from '../handle.ts';
import type { SigningKeyRow } from '../rows.ts';

export const createSigningKeyStore = (db: Handle): SigningKeyStore => ({
  listSigningKeys: (tenantId) => listSigningKeys(db, tenantId),
  addSigningKey: (key) => addSigningKey(db, key),
});

const listSigningKeys = async (db: Handle, tenantId: Uuid): Promise<readonly StoredSigningKey[]> => {
  const rows = await db
    .selectFrom('signing_key')
    .select(['signing_key.tenant_id', 'signing_key.kid', 'signing_key.algorithm', 'signing_key.public_key_spki'])
    .select(['signing_key.sealed_private_key', 'signing_key.signs_from', 'signing_key.created_at'])
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
      created_at: key.createdAt,
    })
    .execute();
};

const signingKeyOf = (row: SigningKeyRow): StoredSigningKey => ({
  tenantId: row.tenant_id,
  kid: row.kid,
  algorithm: row.algorithm,
  publicKeySpki: row.public_key_spki,
  sealedPrivateKey: row.sealed_private_key,
  signsFrom: row.signs_from,
  createdAt: row.created_at,
});
