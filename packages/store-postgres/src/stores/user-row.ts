import type { ExternalIdentity, TotpEnrolment, User, UserProfile } from '@holdfast/directory';
import type { Insertable, Selectable } from 'kysely';
import type { Handle } from '../handle.ts';
import type { DirectoryUserRow } from '../rows/directory.ts';
import { storableJson, storableText } from '../storable.ts';

type ReadRow = Omit<
  Selectable<DirectoryUserRow>,
  'user_principal_name_key' | 'display_name_key' | 'mail_key' | 'mail_nickname_key'
>;

export const selectUsers = (db: Handle) =>
  db
    .selectFrom('directory_user')
    .select(['directory_user.tenant_id', 'directory_user.user_id', 'directory_user.user_principal_name'])
    .select(['directory_user.display_name', 'directory_user.profile', 'directory_user.password_hash'])
    .select(['directory_user.must_change_password', 'directory_user.password_changed_at', 'directory_user.enabled'])
    .select(['directory_user.totp_sealed_secret', 'directory_user.totp_last_step'])
    .select(['directory_user.external_provider_id', 'directory_user.external_subject'])
    .select(['directory_user.tokens_valid_from', 'directory_user.created_at']);

export const userOf = (row: ReadRow): User => ({
  id: row.user_id,
  tenantId: row.tenant_id,
  userPrincipalName: row.user_principal_name,
  displayName: row.display_name,
  profile: row.profile as UserProfile,
  passwordHash: row.password_hash ?? undefined,
  mustChangePassword: row.must_change_password,
  passwordChangedAt: row.password_changed_at,
  enabled: row.enabled,
  totp: totpOf(row),
  external: externalOf(row),
  tokensValidFrom: row.tokens_valid_from,
  createdAt: row.created_at,
});

const totpOf = (row: ReadRow): TotpEnrolment | undefined =>
  row.totp_sealed_secret === null || row.totp_last_step === null
    ? undefined
    : { sealedSecret: row.totp_sealed_secret, lastStep: row.totp_last_step };

const externalOf = (row: ReadRow): ExternalIdentity | undefined =>
  row.external_provider_id === null || row.external_subject === null
    ? undefined
    : { providerId: row.external_provider_id, subject: row.external_subject };

export const userRowOf = (user: User): Insertable<DirectoryUserRow> => ({
  tenant_id: user.tenantId,
  user_id: user.id,
  user_principal_name: user.userPrincipalName,
  user_principal_name_key: user.userPrincipalName.toLowerCase(),
  display_name: storableText(user.displayName),
  display_name_key: storableText(user.displayName).toLowerCase(),
  profile: storableJson(user.profile),
  mail_key: keyOf(user.profile.mail),
  mail_nickname_key: keyOf(user.profile.mailNickname),
  password_hash: user.passwordHash ?? null,
  must_change_password: user.mustChangePassword,
  password_changed_at: user.passwordChangedAt,
  enabled: user.enabled,
  totp_sealed_secret: user.totp === undefined ? null : Buffer.from(user.totp.sealedSecret),
  totp_last_step: user.totp?.lastStep ?? null,
  external_provider_id: user.external?.providerId ?? null,
  external_subject: user.external?.subject ?? null,
  tokens_valid_from: user.tokensValidFrom,
  created_at: user.createdAt,
});

const keyOf = (text: string | undefined): string | null =>
  text === undefined ? null : storableText(text).toLowerCase();
