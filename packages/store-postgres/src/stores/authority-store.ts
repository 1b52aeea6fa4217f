import type { Handle } from '../handle.ts';

/** The authority that issues machine identities. */
export interface StoredAuthority {
  readonly certificatePem: string;
  /** PKCS #8, sealed with a key outside the database. */
  readonly sealedPrivateKey: Uint8Array;
  readonly notAfter: Date;
}

export interface AuthorityStore {
  find(): Promise<StoredAuthority | undefined>;
  /** False when another replica was first; its authority is the one that counts. */
  insert(authority: StoredAuthority): Promise<boolean>;
}

const purpose = 'machine-identity';

export const createAuthorityStore = (db: Handle): AuthorityStore => ({
  find: () => find(db),
  insert: (authority) => insert(db, authority),
});

const find = async (db: Handle): Promise<StoredAuthority | undefined> => {
  const row = await db
    .selectFrom('certificate_authority as authority')
    .select(['authority.certificate_pem', 'authority.sealed_private_key', 'authority.not_after'])
    .where('authority.purpose', '=', purpose)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { certificatePem: row.certificate_pem, sealedPrivateKey: row.sealed_private_key, notAfter: row.not_after };
};

const insert = async (db: Handle, authority: StoredAuthority): Promise<boolean> => {
  const inserted = await db
    .insertInto('certificate_authority')
    .values({
      purpose,
      certificate_pem: authority.certificatePem,
      sealed_private_key: Buffer.from(authority.sealedPrivateKey),
      not_after: authority.notAfter,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('certificate_authority.purpose')
    .executeTakeFirst();
  return inserted !== undefined;
};
