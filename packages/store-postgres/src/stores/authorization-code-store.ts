import type { AuthorizationCode, AuthorizationCodeStore } from '@holdfast/token-service';
import type { Handle } from '../handle.ts';
import type { AuthorizationCodeRow } from '../rows/sign-in.ts';
import { storableText } from '../storable.ts';
import { grantColumns, grantOf } from './grant-row.ts';

export const createAuthorizationCodeStore = (db: Handle): AuthorizationCodeStore => ({
  insert: (code) => insert(db, code),
  claim: (codeSha256, now) => claim(db, codeSha256, now),
  deleteExpired: (now) => deleteExpired(db, now),
});

const insert = async (db: Handle, code: AuthorizationCode): Promise<void> => {
  await db
    .insertInto('authorization_code')
    .values({
      code_sha256: Buffer.from(code.codeSha256),
      ...grantColumns(code.grant),
      redirect_uri: code.redirectUri,
      redirect_kind: code.redirectKind,
      code_challenge: code.codeChallenge ?? null,
      nonce: code.nonce === undefined ? null : storableText(code.nonce),
      family_id: code.familyId,
      expires_at: code.expiresAt,
    })
    .execute();
};

const claim = async (
  db: Handle,
  codeSha256: Uint8Array,
  now: Date,
): Promise<{ code: AuthorizationCode; first: boolean } | undefined> => {
  const taken = await take(db, codeSha256, now);
  if (taken !== undefined) return { code: taken, first: true };
  const claimedBefore = await find(db, codeSha256);
  return claimedBefore && { code: claimedBefore, first: false };
};

const take = async (db: Handle, codeSha256: Uint8Array, now: Date): Promise<AuthorizationCode | undefined> => {
  const row = await db
    .updateTable('authorization_code as code')
    .set({ claimed_at: now })
    .where('code.code_sha256', '=', Buffer.from(codeSha256))
    .where('code.claimed_at', 'is', null)
    .returning(columns)
    .executeTakeFirst();
  return row && codeOf(row);
};

const find = async (db: Handle, codeSha256: Uint8Array): Promise<AuthorizationCode | undefined> => {
  const row = await db
    .selectFrom('authorization_code as code')
    .select(columns)
    .where('code.code_sha256', '=', Buffer.from(codeSha256))
    .executeTakeFirst();
  return row && codeOf(row);
};

const deleteExpired = async (db: Handle, now: Date): Promise<number> => {
  const deleted = await db
    .deleteFrom('authorization_code')
    .where('authorization_code.expires_at', '<', now)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
};

const columns = [
  'code.code_sha256',
  'code.tenant_id',
  'code.user_id',
  'code.client_id',
  'code.resource',
  'code.scopes',
  'code.sid',
  'code.authenticated_at',
  'code.authentication_methods',
  'code.redirect_uri',
  'code.redirect_kind',
  'code.code_challenge',
  'code.nonce',
  'code.family_id',
  'code.expires_at',
] as const;

const codeOf = (row: Omit<AuthorizationCodeRow, 'claimed_at'>): AuthorizationCode => ({
  codeSha256: row.code_sha256,
  grant: grantOf(row),
  redirectUri: row.redirect_uri,
  redirectKind: row.redirect_kind,
  codeChallenge: row.code_challenge ?? undefined,
  nonce: row.nonce ?? undefined,
  familyId: row.family_id,
  expiresAt: row.expires_at,
});
