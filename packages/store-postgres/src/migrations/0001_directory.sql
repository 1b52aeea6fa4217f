-- Who exists: tenants, people, programs, and the keys that sign their tokens.

create table tenant (
  tenant_id uuid not null,
  ordinal bigint generated always as identity,
  display_name text not null,
  default_domain text collate "C" not null,
  constraint tenant_pkey primary key (tenant_id),
  constraint tenant_default_domain_key unique (default_domain),
  constraint tenant_default_domain_lower check (tenant.default_domain = lower(tenant.default_domain))
);
comment on table tenant is 'One directory of people and programs. Every other row belongs to exactly one.';
comment on column tenant.ordinal is 'The order of creation: the first tenant answers for names without one.';

create table directory_user (
  tenant_id uuid not null,
  user_id uuid not null,
  user_principal_name text not null,
  user_principal_name_key text collate "C" not null,
  display_name text not null,
  password_hash text not null,
  enabled boolean not null,
  created_at timestamptz not null,
  constraint directory_user_pkey primary key (tenant_id, user_id),
  constraint directory_user_name_key unique (tenant_id, user_principal_name_key),
  constraint directory_user_name_lower
    check (directory_user.user_principal_name_key = lower(directory_user.user_principal_name_key)),
  constraint directory_user_password_hashed check (directory_user.password_hash like '$%'),
  constraint directory_user_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table directory_user is 'A person who signs in. Passwords are kept as PHC strings.';

create table application (
  application_id uuid not null,
  tenant_id uuid not null,
  app_id uuid not null,
  display_name text not null,
  created_at timestamptz not null,
  constraint application_pkey primary key (tenant_id, application_id),
  constraint application_app_id_key unique (app_id),
  constraint application_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table application is 'A program that asks for tokens, with its credentials; its service principal is what holds grants.';

create table service_principal (
  tenant_id uuid not null,
  principal_id uuid not null,
  app_id uuid not null,
  application_id uuid,
  kind text not null,
  display_name text not null,
  enabled boolean not null,
  permissions text[] not null,
  created_at timestamptz not null,
  constraint service_principal_pkey primary key (tenant_id, principal_id),
  constraint service_principal_app_id_key unique (tenant_id, app_id),
  constraint service_principal_kind check (service_principal.kind in ('Application', 'ManagedIdentity')),
  constraint service_principal_of_application
    check ((service_principal.kind = 'Application') = (service_principal.application_id is not null)),
  constraint service_principal_tenant_fkey foreign key (tenant_id) references tenant (tenant_id),
  constraint service_principal_application_fkey foreign key (tenant_id, application_id)
    references application (tenant_id, application_id) on delete cascade
);
comment on table service_principal is 'A program or a machine as a holder of grants. A machine''s has no application and no credentials.';
create index service_principal_application_idx on service_principal (tenant_id, application_id);

create table client_secret (
  tenant_id uuid not null,
  application_id uuid not null,
  secret_id uuid not null,
  display_name text not null,
  sha256 bytea not null,
  hint text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  constraint client_secret_pkey primary key (tenant_id, application_id, secret_id),
  constraint client_secret_hashed check (octet_length(client_secret.sha256) = 32),
  constraint client_secret_hint_short check (length(client_secret.hint) <= 3),
  constraint client_secret_application_fkey foreign key (tenant_id, application_id)
    references application (tenant_id, application_id) on delete cascade
);
comment on table client_secret is 'The SHA-256 of a generated 256-bit secret; the secret itself is kept nowhere.';

create table client_certificate (
  tenant_id uuid not null,
  application_id uuid not null,
  certificate_id uuid not null,
  certificate_der bytea not null,
  sha256_thumbprint text not null,
  sha1_thumbprint text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  constraint client_certificate_pkey primary key (tenant_id, application_id, certificate_id),
  constraint client_certificate_application_fkey foreign key (tenant_id, application_id)
    references application (tenant_id, application_id) on delete cascade
);
comment on table client_certificate is 'A certificate whose key signs client assertions.';

create table directory_role_assignment (
  tenant_id uuid not null,
  assignment_id uuid not null,
  principal_id uuid not null,
  role_id text not null,
  constraint directory_role_assignment_pkey primary key (tenant_id, assignment_id),
  constraint directory_role_assignment_grant_key unique (tenant_id, principal_id, role_id),
  constraint directory_role_assignment_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table directory_role_assignment is 'Rights over the directory itself, of a user or a service principal.';

create table signing_key (
  tenant_id uuid not null,
  kid text collate "C" not null,
  algorithm text not null,
  public_key_spki bytea not null,
  sealed_private_key bytea not null,
  signs_from timestamptz not null,
  created_at timestamptz not null,
  constraint signing_key_pkey primary key (tenant_id, kid),
  constraint signing_key_algorithm check (signing_key.algorithm in ('RS256')),
  constraint signing_key_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table signing_key is 'Keys that sign tokens, and stay published while a token they signed may live.';
