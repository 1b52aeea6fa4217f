import type { Uuid } from '@holdfast/kernel';
import type { ColumnType, Generated } from 'kysely';
import type { Json } from './json.ts';

/** Who exists: 0001_directory.sql and 0005_people-and-programs.sql. */
export interface DirectoryTables {
  tenant: TenantRow;
  directory_user: DirectoryUserRow;
  directory_group: DirectoryGroupRow;
  group_member: GroupMemberRow;
  application: ApplicationRow;
  application_identifier_uri: ApplicationIdentifierUriRow;
  service_principal: ServicePrincipalRow;
  client_secret: ClientSecretRow;
  client_certificate: ClientCertificateRow;
  federated_credential: FederatedCredentialRow;
  directory_role_assignment: DirectoryRoleAssignmentRow;
  object_owner: ObjectOwnerRow;
  consent: ConsentRow;
}

export interface TenantRow {
  tenant_id: Uuid;
  ordinal: Generated<number>;
  display_name: string;
  default_domain: string;
  users_may_register_applications: boolean;
  users_may_consent: boolean;
}

export interface DirectoryUserRow {
  tenant_id: Uuid;
  user_id: Uuid;
  user_principal_name: string;
  user_principal_name_key: string;
  display_name: string;
  display_name_key: NameKey;
  profile: Json<Record<string, string>>;
  mail_key: string | null;
  mail_nickname_key: string | null;
  password_hash: string | null;
  must_change_password: boolean;
  password_changed_at: Date;
  enabled: boolean;
  totp_sealed_secret: Buffer | null;
  totp_last_step: number | null;
  external_provider_id: Uuid | null;
  external_subject: string | null;
  tokens_valid_from: Date;
  created_at: Date;
}

/** Null in rows from before it was introduced; always written. */
type NameKey = ColumnType<string | null, string, string>;

export interface DirectoryGroupRow {
  tenant_id: Uuid;
  group_id: Uuid;
  display_name: string;
  display_name_key: string;
  description: string | null;
  mail_nickname: string;
  mail_nickname_key: string;
  created_at: Date;
}

export interface GroupMemberRow {
  tenant_id: Uuid;
  group_id: Uuid;
  member_id: Uuid;
}

export interface ApplicationRow {
  application_id: Uuid;
  tenant_id: Uuid;
  app_id: Uuid;
  display_name: string;
  display_name_key: NameKey;
  web_redirect_uris: string[];
  spa_redirect_uris: string[];
  public_client_redirect_uris: string[];
  is_fallback_public_client: boolean;
  manifest: Json<Record<string, unknown>>;
  created_at: Date;
}

export interface ApplicationIdentifierUriRow {
  tenant_id: Uuid;
  uri_key: string;
  application_id: Uuid;
  uri: string;
  ordinal: number;
}

export interface ServicePrincipalRow {
  tenant_id: Uuid;
  principal_id: Uuid;
  app_id: Uuid;
  application_id: Uuid | null;
  kind: 'Application' | 'ManagedIdentity';
  display_name: string;
  display_name_key: NameKey;
  enabled: boolean;
  permissions: string[];
  tags: string[];
  created_at: Date;
}

export interface ClientSecretRow {
  tenant_id: Uuid;
  application_id: Uuid;
  secret_id: Uuid;
  display_name: string;
  sha256: Buffer;
  hint: string;
  starts_at: Date;
  ends_at: Date;
  last_used_at: Date | null;
}

export interface ClientCertificateRow {
  tenant_id: Uuid;
  application_id: Uuid;
  certificate_id: Uuid;
  display_name: string;
  certificate_der: Buffer;
  sha256_thumbprint: string;
  sha1_thumbprint: string;
  starts_at: Date;
  ends_at: Date;
  last_used_at: Date | null;
}

export interface FederatedCredentialRow {
  tenant_id: Uuid;
  application_id: Uuid;
  credential_id: Uuid;
  ordinal: Generated<number>;
  name: string;
  name_key: string;
  description: string | null;
  issuer: string;
  subject: string;
  audiences: string[];
  last_used_at: Date | null;
}

export interface DirectoryRoleAssignmentRow {
  tenant_id: Uuid;
  assignment_id: Uuid;
  principal_id: Uuid;
  role_id: string;
}

export interface ObjectOwnerRow {
  tenant_id: Uuid;
  object_id: Uuid;
  owner_id: Uuid;
}

export interface ConsentRow {
  tenant_id: Uuid;
  consent_id: Uuid;
  app_id: Uuid;
  user_id: Uuid | null;
  resource: string;
  scopes: string[];
  created_at: Date;
}
