-- What exists below a tenant, who may touch it, and the operations under way.

create table subscription (
  tenant_id uuid not null,
  subscription_id uuid not null,
  display_name text not null,
  state text not null,
  created_at timestamptz not null,
  constraint subscription_pkey primary key (subscription_id),
  constraint subscription_tenant_key unique (tenant_id, subscription_id),
  constraint subscription_state check (subscription.state in ('Enabled', 'Disabled')),
  constraint subscription_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table subscription is 'Holds resource groups. Its id is unique across tenants, because requests name no tenant.';

create table subscription_alias (
  tenant_id uuid not null,
  alias_key text collate "C" not null,
  name text not null,
  subscription_id uuid not null,
  constraint subscription_alias_pkey primary key (tenant_id, alias_key),
  constraint subscription_alias_lower check (subscription_alias.alias_key = lower(subscription_alias.alias_key)),
  constraint subscription_alias_subscription_fkey foreign key (tenant_id, subscription_id)
    references subscription (tenant_id, subscription_id) on delete cascade
);
comment on table subscription_alias is 'The name a subscription was asked for under, so that asking again gives the same one.';
create index subscription_alias_subscription_idx on subscription_alias (tenant_id, subscription_id);

create table resource_group (
  tenant_id uuid not null,
  subscription_id uuid not null,
  group_key text collate "C" not null,
  name text not null,
  location text not null,
  tags jsonb not null,
  managed_by text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  version integer not null,
  constraint resource_group_pkey primary key (tenant_id, subscription_id, group_key),
  constraint resource_group_key_lower check (resource_group.group_key = lower(resource_group.group_key)),
  constraint resource_group_tags_object check (jsonb_typeof(resource_group.tags) = 'object'),
  constraint resource_group_subscription_fkey foreign key (tenant_id, subscription_id)
    references subscription (tenant_id, subscription_id)
);
comment on table resource_group is 'Owns the resources in it: they go with it. The key is the name in lower case.';

create table role_assignment (
  tenant_id uuid not null,
  assignment_id uuid not null,
  role_id uuid not null,
  principal_id uuid not null,
  scope text collate "C" not null,
  created_at timestamptz not null,
  created_by text not null,
  constraint role_assignment_pkey primary key (tenant_id, assignment_id),
  constraint role_assignment_grant_key unique (tenant_id, principal_id, role_id, scope),
  constraint role_assignment_scope_normal check (
    role_assignment.scope = lower(role_assignment.scope)
    and role_assignment.scope like '/%'
    and (role_assignment.scope = '/' or role_assignment.scope not like '%/')
  ),
  constraint role_assignment_tenant_fkey foreign key (tenant_id) references tenant (tenant_id)
);
comment on table role_assignment is 'One grant: a role held by a principal at a scope and everything below it.';
create index role_assignment_scope_idx on role_assignment (tenant_id, scope);

create table long_running_operation (
  tenant_id uuid not null,
  subscription_id uuid not null,
  principal_id uuid not null,
  operation_id uuid not null,
  state text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  result_status integer,
  result_body json,
  error_code text,
  error_message text,
  constraint long_running_operation_pkey primary key (tenant_id, operation_id),
  constraint long_running_operation_state
    check (long_running_operation.state in ('InProgress', 'Succeeded', 'Failed', 'Canceled')),
  constraint long_running_operation_ended
    check ((long_running_operation.state = 'InProgress') = (long_running_operation.ended_at is null)),
  constraint long_running_operation_body check (
    long_running_operation.result_body is null or long_running_operation.result_status is not null
  ),
  constraint long_running_operation_error
    check (num_nulls(long_running_operation.error_code, long_running_operation.error_message) in (0, 2)),
  constraint long_running_operation_subscription_fkey foreign key (tenant_id, subscription_id)
    references subscription (tenant_id, subscription_id) on delete cascade
);
comment on table long_running_operation is 'What a poll is answered with. The body is json, not jsonb: it is echoed in its own order.';
create index long_running_operation_subscription_idx on long_running_operation (tenant_id, subscription_id);
