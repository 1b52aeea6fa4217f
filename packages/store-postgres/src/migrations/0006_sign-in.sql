-- What signing people in keeps between two requests, and what is remembered of sign-ins. Of every code, token and cookie the
-- table holds the SHA-256: all of them are random, so that the digest gives nothing away.

create table browser_session (
  session_sha256 bytea not null,
  tenant_id uuid not null,
  user_id uuid not null,
  sid uuid not null,
  authenticated_at timestamptz not null,
  authentication_methods text[] not null,
  expires_at timestamptz not null,
  constraint browser_session_pkey primary key (session_sha256),
  constraint browser_session_hashed check (octet_length(browser_session.session_sha256) = 32),
  constraint browser_session_user_fkey foreign key (tenant_id, user_id)
    references directory_user (tenant_id, user_id) on delete cascade
);
comment on table browser_session is 'A browser in which a person is signed in.';
create index browser_session_user_idx on browser_session (tenant_id, user_id);
create index browser_session_end_idx on browser_session (expires_at);

create table authorization_code (
  code_sha256 bytea not null,
  tenant_id uuid not null,
  user_id uuid not null,
  client_id uuid not null,
  resource text not null,
  scopes text[] not null,
  sid uuid not null,
  authenticated_at timestamptz not null,
  authentication_methods text[] not null,
  redirect_uri text not null,
  redirect_kind text not null,
  code_challenge text,
  nonce text,
  family_id uuid not null,
  expires_at timestamptz not null,
  claimed_at timestamptz,
  constraint authorization_code_pkey primary key (code_sha256),
  constraint authorization_code_hashed check (octet_length(authorization_code.code_sha256) = 32),
  constraint authorization_code_redirect_kind
    check (authorization_code.redirect_kind in ('web', 'spa', 'publicClient')),
  constraint authorization_code_user_fkey foreign key (tenant_id, user_id)
    references directory_user (tenant_id, user_id) on delete cascade
);
comment on table authorization_code is 'A code on its way through the browser. It stays after it was claimed, so that a second claim is noticed.';
create index authorization_code_user_idx on authorization_code (tenant_id, user_id);
create index authorization_code_end_idx on authorization_code (expires_at);

create table refresh_family (
  family_id uuid not null,
  tenant_id uuid not null,
  user_id uuid not null,
  client_id uuid not null,
  resource text not null,
  scopes text[] not null,
  sid uuid not null,
  authenticated_at timestamptz not null,
  authentication_methods text[] not null,
  redirect_kind text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint refresh_family_pkey primary key (family_id),
  constraint refresh_family_redirect_kind check (refresh_family.redirect_kind in ('web', 'spa', 'publicClient')),
  constraint refresh_family_user_fkey foreign key (tenant_id, user_id)
    references directory_user (tenant_id, user_id) on delete cascade
);
comment on table refresh_family is 'All refresh tokens that descend from one sign-in of one program.';
create index refresh_family_user_idx on refresh_family (tenant_id, user_id);
create index refresh_family_client_idx on refresh_family (tenant_id, client_id);
create index refresh_family_end_idx on refresh_family (expires_at);

create table refresh_revocation (
  family_id uuid not null,
  revoked_at timestamptz not null,
  constraint refresh_revocation_pkey primary key (family_id)
);
comment on table refresh_revocation is 'Families that ended early. A table of its own: a stolen code''s second claim may end a family whose first token is only being written.';
create index refresh_revocation_time_idx on refresh_revocation (revoked_at);

create table refresh_token (
  token_sha256 bytea not null,
  family_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint refresh_token_pkey primary key (token_sha256),
  constraint refresh_token_hashed check (octet_length(refresh_token.token_sha256) = 32),
  constraint refresh_token_family_fkey foreign key (family_id) references refresh_family (family_id) on delete cascade
);
comment on table refresh_token is 'One token of a family. It stays after its use, so that a second use is noticed.';
create index refresh_token_family_idx on refresh_token (family_id);
create index refresh_token_end_idx on refresh_token (expires_at);

create table device_code (
  device_code_sha256 bytea not null,
  user_code_sha256 bytea not null,
  client_id uuid not null,
  asked_tenant_id uuid,
  resource text not null,
  scopes text[] not null,
  address text not null,
  user_agent text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null,
  interval_seconds integer not null,
  polled_at timestamptz,
  tenant_id uuid,
  user_id uuid,
  granted_resource text,
  granted_scopes text[],
  sid uuid,
  authenticated_at timestamptz,
  authentication_methods text[],
  constraint device_code_pkey primary key (device_code_sha256),
  constraint device_code_user_code_key unique (user_code_sha256),
  constraint device_code_hashed check (octet_length(device_code.device_code_sha256) = 32),
  constraint device_code_user_code_hashed check (octet_length(device_code.user_code_sha256) = 32),
  constraint device_code_state check (device_code.state in ('waiting', 'approved', 'declined', 'redeemed')),
  constraint device_code_decided check (
    num_nulls(device_code.tenant_id, device_code.user_id) = case device_code.state when 'waiting' then 2 else 0 end
  ),
  constraint device_code_granted check (
    num_nulls(
      device_code.granted_resource, device_code.granted_scopes, device_code.sid,
      device_code.authenticated_at, device_code.authentication_methods
    ) = case when device_code.state in ('approved', 'redeemed') then 0 else 5 end
  ),
  constraint device_code_asked_tenant_fkey foreign key (asked_tenant_id) references tenant (tenant_id),
  constraint device_code_user_fkey foreign key (tenant_id, user_id)
    references directory_user (tenant_id, user_id) on delete cascade
);
comment on table device_code is 'A device that waits for its person, who decides as a user of a tenant.';
create index device_code_user_idx on device_code (tenant_id, user_id);
create index device_code_end_idx on device_code (expires_at);

create table guess_counter (
  guess_key text collate "C" not null,
  guesses integer not null,
  began_at timestamptz not null,
  constraint guess_counter_pkey primary key (guess_key)
);
comment on table guess_counter is 'Wrong guesses under a key, which is a digest of whose or whence they are, since the count began.';
create index guess_counter_time_idx on guess_counter (began_at);

create table sign_in (
  tenant_id uuid not null,
  sign_in_id uuid not null,
  occurred_at timestamptz not null,
  occurrences integer not null,
  last_at timestamptz not null,
  correlation_id uuid not null,
  flow text not null,
  principal_kind text not null,
  principal_id uuid,
  principal_name text not null,
  principal_name_key text collate "C" not null,
  app_id uuid,
  app_display_name text not null,
  resource text,
  address text not null,
  user_agent text not null,
  credential_kind text not null,
  credential_id uuid,
  mfa boolean not null,
  code integer not null,
  reason text not null,
  policies jsonb not null,
  constraint sign_in_pkey primary key (tenant_id, sign_in_id),
  constraint sign_in_occurrences check (sign_in.occurrences > 0),
  constraint sign_in_principal_kind check (sign_in.principal_kind in ('user', 'servicePrincipal', 'unknown')),
  constraint sign_in_policies_array check (jsonb_typeof(sign_in.policies) = 'array'),
  constraint sign_in_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table sign_in is 'The sign-in log. Credentials stand in it by kind and id only; what people typed as names stands in it as it was.';
create index sign_in_time_idx on sign_in (tenant_id, occurred_at, sign_in_id);
create index sign_in_principal_idx on sign_in (tenant_id, principal_id, occurred_at);
create index sign_in_age_idx on sign_in (last_at);

alter table signing_key
  add column retires_at timestamptz,
  drop constraint signing_key_algorithm,
  add constraint signing_key_algorithm check (signing_key.algorithm in ('RS256', 'ES256'));
create index signing_key_retirement_idx on signing_key (retires_at);
