-- People in full, groups, what programs are registered with, and the rules about who may sign in and how.
-- New columns of old tables have defaults or may be null: a program of the version before may still write while an upgrade
-- is under way. A name's key is the name in lower case as JavaScript lowers it, which in the C locale lower() does not;
-- where a row of before has none, lower() has to do.

alter table tenant
  add column users_may_register_applications boolean not null default false,
  add column users_may_consent boolean not null default true;

create table identity_provider (
  tenant_id uuid not null,
  provider_id uuid not null,
  display_name text not null,
  issuer text not null,
  client_id text not null,
  sealed_client_secret bytea not null,
  scopes text[] not null,
  creates_users boolean not null,
  group_claim text,
  groups jsonb not null,
  trusts_mfa boolean not null,
  created_at timestamptz not null,
  constraint identity_provider_pkey primary key (tenant_id, provider_id),
  constraint identity_provider_groups_object check (jsonb_typeof(identity_provider.groups) = 'object'),
  constraint identity_provider_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table identity_provider is 'An OpenID provider that signs a tenant''s people in. Its client secret is sealed.';

alter table directory_user
  alter column password_hash drop not null,
  add column display_name_key text collate "C",
  add column profile jsonb not null default '{}',
  add column mail_key text collate "C",
  add column mail_nickname_key text collate "C",
  add column must_change_password boolean not null default false,
  add column password_changed_at timestamptz,
  add column totp_sealed_secret bytea,
  add column totp_last_step bigint,
  add column external_provider_id uuid,
  add column external_subject text collate "C",
  add column tokens_valid_from timestamptz;
update directory_user
set password_changed_at = directory_user.created_at, tokens_valid_from = directory_user.created_at;
alter table directory_user
  alter column password_changed_at set default now(),
  alter column password_changed_at set not null,
  alter column tokens_valid_from set default now(),
  alter column tokens_valid_from set not null,
  add constraint directory_user_profile_object check (jsonb_typeof(directory_user.profile) = 'object'),
  add constraint directory_user_totp_whole
    check (num_nulls(directory_user.totp_sealed_secret, directory_user.totp_last_step) in (0, 2)),
  add constraint directory_user_external_whole
    check (num_nulls(directory_user.external_provider_id, directory_user.external_subject) in (0, 2)),
  add constraint directory_user_external_key unique (tenant_id, external_provider_id, external_subject);
comment on column directory_user.profile is 'What decides nothing: mail, title and the like. mail_key and mail_nickname_key repeat what is searched.';
comment on column directory_user.tokens_valid_from is 'Tokens and sessions begun before no longer count. Never goes back.';
create index directory_user_creation_idx on directory_user (tenant_id, created_at, user_id);

create table directory_group (
  tenant_id uuid not null,
  group_id uuid not null,
  display_name text not null,
  display_name_key text collate "C" not null,
  description text,
  mail_nickname text not null,
  mail_nickname_key text collate "C" not null,
  created_at timestamptz not null,
  constraint directory_group_pkey primary key (tenant_id, group_id),
  constraint directory_group_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table directory_group is 'People, programs and groups that are granted something together.';
create index directory_group_creation_idx on directory_group (tenant_id, created_at, group_id);

create table group_member (
  tenant_id uuid not null,
  group_id uuid not null,
  member_id uuid not null,
  constraint group_member_pkey primary key (tenant_id, group_id, member_id),
  constraint group_member_group_fkey foreign key (tenant_id, group_id)
    references directory_group (tenant_id, group_id) on delete cascade
);
comment on table group_member is 'Who is in a group: users, service principals and groups. Whoever deletes one of these deletes its memberships.';
create index group_member_member_idx on group_member (tenant_id, member_id);

comment on table directory_role_assignment is 'Rights over the directory itself, of a user, a group or a service principal.';
create index directory_role_assignment_role_idx on directory_role_assignment (tenant_id, role_id);

create table object_owner (
  tenant_id uuid not null,
  object_id uuid not null,
  owner_id uuid not null,
  constraint object_owner_pkey primary key (tenant_id, object_id, owner_id),
  constraint object_owner_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table object_owner is 'Who may manage an application, a service principal or a group without a directory role. Goes with either, by their deleter.';
create index object_owner_owner_idx on object_owner (tenant_id, owner_id);

alter table application
  add column display_name_key text collate "C",
  add column web_redirect_uris text[] not null default '{}',
  add column spa_redirect_uris text[] not null default '{}',
  add column public_client_redirect_uris text[] not null default '{}',
  add column is_fallback_public_client boolean not null default false,
  add column manifest jsonb not null default '{}',
  add constraint application_manifest_object check (jsonb_typeof(application.manifest) = 'object');
create index application_creation_idx on application (tenant_id, created_at, application_id);

create table application_identifier_uri (
  tenant_id uuid not null,
  uri_key text collate "C" not null,
  application_id uuid not null,
  uri text not null,
  ordinal integer not null,
  constraint application_identifier_uri_pkey primary key (tenant_id, uri_key),
  constraint application_identifier_uri_application_fkey foreign key (tenant_id, application_id)
    references application (tenant_id, application_id) on delete cascade
);
comment on table application_identifier_uri is 'The names by which tokens for an application may be asked, in its owner''s order. The key is the name in lower case.';
create index application_identifier_uri_application_idx on application_identifier_uri (tenant_id, application_id);

alter table service_principal
  add column display_name_key text collate "C",
  add column tags text[] not null default '{}';
create index service_principal_creation_idx on service_principal (tenant_id, created_at, principal_id);
create index service_principal_name_idx
  on service_principal (tenant_id, coalesce(display_name_key, lower(display_name)));

alter table client_secret add column last_used_at timestamptz;
create index client_secret_id_idx on client_secret (tenant_id, secret_id);
create index client_secret_end_idx on client_secret (ends_at);

alter table client_certificate
  add column display_name text not null default '',
  add column last_used_at timestamptz;
create index client_certificate_id_idx on client_certificate (tenant_id, certificate_id);
create index client_certificate_end_idx on client_certificate (ends_at);

create table federated_credential (
  tenant_id uuid not null,
  application_id uuid not null,
  credential_id uuid not null,
  ordinal bigint generated always as identity,
  name text not null,
  name_key text collate "C" not null,
  description text,
  issuer text not null,
  subject text not null,
  audiences text[] not null,
  last_used_at timestamptz,
  constraint federated_credential_pkey primary key (tenant_id, application_id, credential_id),
  constraint federated_credential_name_key unique (tenant_id, application_id, name_key),
  constraint federated_credential_application_fkey foreign key (tenant_id, application_id)
    references application (tenant_id, application_id) on delete cascade
);
comment on table federated_credential is 'Trust in another issuer''s tokens about one subject, instead of a secret. Listed in the order of creation, the ordinal.';
create index federated_credential_id_idx on federated_credential (tenant_id, credential_id);

create table consent (
  tenant_id uuid not null,
  consent_id uuid not null,
  app_id uuid not null,
  user_id uuid,
  resource text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  constraint consent_pkey primary key (tenant_id, consent_id),
  constraint consent_subject_key unique nulls not distinct (tenant_id, app_id, user_id, resource),
  constraint consent_tenant_fkey foreign key (tenant_id) references tenant (tenant_id),
  constraint consent_user_fkey foreign key (tenant_id, user_id)
    references directory_user (tenant_id, user_id) on delete cascade
);
comment on table consent is 'What an application may do in people''s names: one person''s, or everybody''s without a user. The application may be one that we bring along, which has no row.';
create index consent_user_idx on consent (tenant_id, user_id);

create table conditional_access_policy (
  tenant_id uuid not null,
  policy_id uuid not null,
  display_name text not null,
  state text not null,
  conditions jsonb not null,
  grant_controls jsonb not null,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  constraint conditional_access_policy_pkey primary key (tenant_id, policy_id),
  constraint conditional_access_policy_state
    check (conditional_access_policy.state in ('enabled', 'disabled', 'reportOnly')),
  constraint conditional_access_policy_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table conditional_access_policy is 'A rule about sign-ins. All of a tenant''s are read at once, so what is in them is not searched here.';

create table named_location (
  tenant_id uuid not null,
  location_id uuid not null,
  display_name text not null,
  is_trusted boolean not null,
  ranges text[] not null,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  constraint named_location_pkey primary key (tenant_id, location_id),
  constraint named_location_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table named_location is 'Networks with a name, in CIDR notation.';
