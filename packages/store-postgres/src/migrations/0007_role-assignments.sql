-- Grants as people see them: spelled as their maker spelled them, described, and changed by somebody.

alter table role_assignment
  add column place text collate "C",
  add column description text,
  add column updated_at timestamptz,
  add column updated_by text,
  add constraint role_assignment_place_spells_scope check (lower(role_assignment.place) = role_assignment.scope),
  add constraint role_assignment_update_whole
    check (num_nulls(role_assignment.updated_at, role_assignment.updated_by) in (0, 2));
comment on column role_assignment.place is 'The scope in its maker''s letter case; null when that is lower case.';
comment on column role_assignment.updated_at is 'Null until the description is changed, as is updated_by.';
