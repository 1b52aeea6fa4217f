import { addMs, days, type Uuid } from '@holdfast/kernel';
import type { FoundRefreshToken, RefreshFamily, RefreshToken, RefreshTokenStore } from '@holdfast/token-service';
import { sql } from 'kysely';
import { asOne, type Handle } from '../handle.ts';
import type { RefreshFamilyRow, RefreshRevocationRow, RefreshTokenRow } from '../rows/sign-in.ts';
import { grantColumns, grantOf } from './grant-row.ts';

export const createRefreshTokenStore = (db: Handle): RefreshTokenStore => ({
  insertFamily: (family) => insertFamily(db, family),
  insert: (token) => insert(db, token),
  find: (tokenSha256) => find(db, tokenSha256),
  claim: (tokenSha256, now) => claim(db, tokenSha256, now),
  revokeFamily: (familyId, at) => revokeFamily(db, familyId, at),
  revokeOfUser: (user, at) => revokeOfUser(db, user, at),
  deleteExpired: (now) => asOne(db, (transaction) => deleteExpired(transaction, now)),
});

const insertFamily = async (db: Handle, family: RefreshFamily): Promise<void> => {
  await db
    .insertInto('refresh_family')
    .values({
      family_id: family.id,
      ...grantColumns(family.grant),
      redirect_kind: family.redirectKind,
      created_at: family.createdAt,
      expires_at: family.expiresAt,
    })
    .execute();
};

const insert = async (db: Handle, token: RefreshToken): Promise<void> => {
  await db
    .insertInto('refresh_token')
    .values({
      token_sha256: Buffer.from(token.tokenSha256),
      family_id: token.familyId,
      expires_at: token.expiresAt,
    })
    .execute();
};

const claim = async (db: Handle, tokenSha256: Uint8Array, now: Date): Promise<FoundRefreshToken | undefined> => {
  const first = await markUsed(db, tokenSha256, now);
  const found = await find(db, tokenSha256);
  return found && { ...found, usedAt: first ? undefined : found.usedAt };
};

const markUsed = async (db: Handle, tokenSha256: Uint8Array, now: Date): Promise<boolean> => {
  const marked = await db
    .updateTable('refresh_token')
    .set({ used_at: now })
    .where('refresh_token.token_sha256', '=', Buffer.from(tokenSha256))
    .where('refresh_token.used_at', 'is', null)
    .returning('refresh_token.family_id')
    .executeTakeFirst();
  return marked !== undefined;
};

const find = async (db: Handle, tokenSha256: Uint8Array): Promise<FoundRefreshToken | undefined> => {
  const row = await db
    .selectFrom('refresh_token as token')
    .innerJoin('refresh_family as family', 'family.family_id', 'token.family_id')
    .leftJoin('refresh_revocation as revocation', 'revocation.family_id', 'token.family_id')
    .select(['token.token_sha256', 'token.used_at', 'token.expires_at as token_expires_at'])
    .select(['family.family_id', 'family.tenant_id', 'family.user_id', 'family.client_id', 'family.resource'])
    .select(['family.scopes', 'family.sid', 'family.authenticated_at', 'family.authentication_methods'])
    .select(['family.redirect_kind', 'family.created_at', 'family.expires_at', 'revocation.revoked_at'])
    .where('token.token_sha256', '=', Buffer.from(tokenSha256))
    .executeTakeFirst();
  return row && foundOf(row);
};

/** Also before the family itself is written. */
const revokeFamily = async (db: Handle, familyId: Uuid, at: Date): Promise<void> => {
  await db
    .insertInto('refresh_revocation')
    .values({ family_id: familyId, revoked_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

const revokeOfUser = async (db: Handle, user: { tenantId: Uuid; userId: Uuid }, at: Date): Promise<void> => {
  await sql`
    insert into refresh_revocation (family_id, revoked_at)
    select family.family_id, ${at}::timestamptz
    from refresh_family as family
    where family.tenant_id = ${user.tenantId}::uuid and family.user_id = ${user.userId}::uuid
    order by family.family_id
    on conflict do nothing`.execute(db);
};

const deleteExpired = async (db: Handle, now: Date): Promise<number> => {
  const tokens = await deleteTokens(db, now);
  await deleteFamilies(db, now);
  await deleteRevocations(db, addMs(now, -unwrittenFor));
  return tokens;
};

const deleteTokens = async (db: Handle, now: Date): Promise<number> => {
  const deleted = await db.deleteFrom('refresh_token').where('refresh_token.expires_at', '<', now).executeTakeFirst();
  return Number(deleted.numDeletedRows);
};

const deleteFamilies = async (db: Handle, now: Date): Promise<void> => {
  await db.deleteFrom('refresh_family').where('refresh_family.expires_at', '<', now).execute();
};

/** How long a family may be only being written when it is revoked: much longer than any request. */
const unwrittenFor = days(1);

const deleteRevocations = async (db: Handle, before: Date): Promise<void> => {
  await sql`
    delete from refresh_revocation as revocation
    where revocation.revoked_at < ${before}::timestamptz
      and not exists (select from refresh_family as family where family.family_id = revocation.family_id)`.execute(db);
};

type FoundRow = RefreshFamilyRow &
  Pick<RefreshTokenRow, 'token_sha256' | 'used_at'> & {
    token_expires_at: Date;
    revoked_at: RefreshRevocationRow['revoked_at'] | null;
  };

const foundOf = (row: FoundRow): FoundRefreshToken => ({
  family: {
    id: row.family_id,
    grant: grantOf(row),
    redirectKind: row.redirect_kind,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  },
  token: { tokenSha256: row.token_sha256, familyId: row.family_id, expiresAt: row.token_expires_at },
  usedAt: row.used_at ?? undefined,
  revokedAt: row.revoked_at ?? undefined,
});
