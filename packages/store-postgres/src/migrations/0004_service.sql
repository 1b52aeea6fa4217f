-- What the control plane keeps about itself.

create table certificate_authority (
  purpose text not null,
  certificate_pem text not null,
  sealed_private_key bytea not null,
  not_after timestamptz not null,
  constraint certificate_authority_pkey primary key (purpose),
  constraint certificate_authority_purpose check (certificate_authority.purpose in ('machine-identity'))
);
comment on table certificate_authority is 'The authorities we sign with. Private keys are sealed with a key that is not in the database.';

create table service_availability (
  only_row boolean not null default true,
  beat_at timestamptz not null,
  serving_since timestamptz not null,
  interrupted_at timestamptz,
  constraint service_availability_pkey primary key (only_row),
  constraint service_availability_only_row check (service_availability.only_row)
);
comment on table service_availability is 'When any of our replicas last served, since when without an outage, and when that outage began: it counts as no machine''s silence.';
