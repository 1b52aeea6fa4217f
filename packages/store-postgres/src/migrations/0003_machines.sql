-- Connected servers. People write machine; agents write machine_liveness and the tables below it, so that the two never
-- wait for each other: what agents write refers to machine_liveness, never to machine.

create table machine (
  machine_id uuid not null,
  tenant_id uuid not null,
  subscription_id uuid not null,
  group_key text collate "C" not null,
  name_key text collate "C" not null,
  name text not null,
  location text not null,
  tags jsonb not null,
  kind text,
  vm_id uuid not null,
  principal_id uuid not null,
  client_id uuid not null,
  public_key text,
  key_id text collate "C",
  settings jsonb not null,
  created_by text not null,
  created_by_type text not null,
  created_at timestamptz not null,
  last_modified_by text not null,
  last_modified_by_type text not null,
  last_modified_at timestamptz not null,
  version integer not null,
  constraint machine_pkey primary key (machine_id),
  constraint machine_name_key unique (tenant_id, subscription_id, group_key, name_key),
  constraint machine_key_id_key unique (key_id),
  constraint machine_identity_key unique (tenant_id, principal_id),
  constraint machine_name_lower check (machine.name_key = lower(machine.name_key)),
  constraint machine_key_whole check (num_nulls(machine.public_key, machine.key_id) in (0, 2)),
  constraint machine_tags_object check (jsonb_typeof(machine.tags) = 'object'),
  constraint machine_settings_object check (jsonb_typeof(machine.settings) = 'object'),
  constraint machine_created_by_type check (machine.created_by_type in ('User', 'Application', 'ManagedIdentity')),
  constraint machine_last_modified_by_type
    check (machine.last_modified_by_type in ('User', 'Application', 'ManagedIdentity')),
  constraint machine_group_fkey foreign key (tenant_id, subscription_id, group_key)
    references resource_group (tenant_id, subscription_id, group_key) on delete cascade,
  constraint machine_identity_fkey foreign key (tenant_id, principal_id)
    references service_principal (tenant_id, principal_id) deferrable initially deferred
);
comment on table machine is 'A connected server as a resource. Keys are names in lower case, and pages follow them.';
comment on constraint machine_identity_fkey on machine is 'Deferred: a machine and its identity come and go together, in either order.';

create table machine_liveness (
  machine_id uuid not null,
  counter bigint,
  beat_id uuid,
  agent_version text,
  last_heartbeat_at timestamptz,
  connected_since timestamptz,
  certificate_not_after timestamptz,
  host_name text,
  boot_id text,
  clone_since timestamptz,
  clone_last_seen_at timestamptz,
  clone_accepted_host_name text,
  clone_accepted_boot_id text,
  clone_conflicting_host_name text,
  clone_conflicting_boot_id text,
  constraint machine_liveness_pkey primary key (machine_id),
  constraint machine_liveness_counter check (machine_liveness.counter between 0 and 9007199254740991),
  constraint machine_liveness_beat_whole check (
    num_nulls(
      machine_liveness.counter, machine_liveness.beat_id, machine_liveness.host_name, machine_liveness.boot_id
    ) in (0, 4)
  ),
  constraint machine_liveness_clone_whole check (
    num_nulls(
      machine_liveness.clone_since, machine_liveness.clone_last_seen_at,
      machine_liveness.clone_accepted_host_name, machine_liveness.clone_accepted_boot_id,
      machine_liveness.clone_conflicting_host_name, machine_liveness.clone_conflicting_boot_id
    ) in (0, 6)
  ),
  constraint machine_liveness_machine_fkey foreign key (machine_id) references machine (machine_id) on delete cascade
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
comment on table machine_liveness is 'What the heartbeats say, one row for each machine. Rewritten every minute: room on each page and no index on what changes keep the rewrites inside the page (HOT).';
comment on column machine_liveness.counter is 'Of the last accepted beat. Null until the first beat under the present identity key.';
comment on column machine_liveness.host_name is 'Of the copy whose beat was accepted last, as is boot_id.';
comment on column machine_liveness.clone_accepted_host_name is 'Of the accepted copy at the time of the last conflict, which a later beat may replace in host_name.';

create table machine_facts (
  machine_id uuid not null,
  facts jsonb not null,
  digest text not null,
  reported_at timestamptz not null,
  constraint machine_facts_pkey primary key (machine_id),
  constraint machine_facts_liveness_fkey foreign key (machine_id)
    references machine_liveness (machine_id) on delete cascade
);
comment on table machine_facts is 'What a server says about itself, and the digest by which its agent knows that we have it.';

create table machine_certificate (
  machine_id uuid not null,
  serial_number text collate "C" not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  constraint machine_certificate_pkey primary key (machine_id, serial_number),
  constraint machine_certificate_validity check (machine_certificate.not_before < machine_certificate.not_after),
  constraint machine_certificate_liveness_fkey foreign key (machine_id)
    references machine_liveness (machine_id) on delete cascade
);
comment on table machine_certificate is 'Every identity certificate issued to a machine.';
