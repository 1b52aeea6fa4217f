import type { Uuid } from '@holdfast/kernel';
import type { Generated } from 'kysely';
import type { DirectoryTables } from './rows/directory.ts';
import type { Json, JsonOrNull } from './rows/json.ts';
import type { PolicyTables } from './rows/policies.ts';
import type { SignInTables } from './rows/sign-in.ts';

// The shapes of the tables; their rules stand in migrations/. UUIDs were parsed before they were written.

export interface SubscriptionRow {
  tenant_id: Uuid;
  subscription_id: Uuid;
  display_name: string;
  state: 'Enabled' | 'Disabled';
  created_at: Date;
}

export interface SubscriptionAliasRow {
  tenant_id: Uuid;
  alias_key: string;
  name: string;
  subscription_id: Uuid;
}

export interface ResourceGroupRow {
  tenant_id: Uuid;
  subscription_id: Uuid;
  group_key: string;
  name: string;
  location: string;
  tags: Json<Record<string, string>>;
  managed_by: string | null;
  created_at: Date;
  changed_at: Date;
  version: number;
}

export interface RoleAssignmentRow {
  tenant_id: Uuid;
  assignment_id: Uuid;
  role_id: Uuid;
  principal_id: Uuid;
  scope: string;
  place: string | null;
  description: string | null;
  created_at: Date;
  created_by: string;
  updated_at: Date | null;
  updated_by: string | null;
}

export interface LongRunningOperationRow {
  tenant_id: Uuid;
  subscription_id: Uuid;
  principal_id: Uuid;
  operation_id: Uuid;
  state: 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';
  started_at: Date;
  ended_at: Date | null;
  result_status: number | null;
  result_body: JsonOrNull<unknown>;
  error_code: string | null;
  error_message: string | null;
}

export interface MachineRow {
  machine_id: Uuid;
  tenant_id: Uuid;
  subscription_id: Uuid;
  group_key: string;
  name_key: string;
  name: string;
  location: string;
  tags: Json<Record<string, string>>;
  kind: string | null;
  vm_id: Uuid;
  principal_id: Uuid;
  client_id: Uuid;
  public_key: string | null;
  key_id: string | null;
  settings: Json<object>;
  created_by: string;
  created_by_type: PrincipalKind;
  created_at: Date;
  last_modified_by: string;
  last_modified_by_type: PrincipalKind;
  last_modified_at: Date;
  version: number;
}

type PrincipalKind = 'User' | 'Application' | 'ManagedIdentity';

export interface MachineLivenessRow {
  machine_id: Uuid;
  counter: number | null;
  beat_id: Uuid | null;
  agent_version: string | null;
  last_heartbeat_at: Date | null;
  connected_since: Date | null;
  certificate_not_after: Date | null;
  host_name: string | null;
  boot_id: string | null;
  clone_since: Date | null;
  clone_last_seen_at: Date | null;
  clone_accepted_host_name: string | null;
  clone_accepted_boot_id: string | null;
  clone_conflicting_host_name: string | null;
  clone_conflicting_boot_id: string | null;
}

export interface MachineFactsRow {
  machine_id: Uuid;
  facts: Json<object>;
  digest: string;
  reported_at: Date;
}

export interface MachineCertificateRow {
  machine_id: Uuid;
  serial_number: string;
  not_before: Date;
  not_after: Date;
}

export interface CertificateAuthorityRow {
  purpose: 'machine-identity';
  certificate_pem: string;
  sealed_private_key: Buffer;
  not_after: Date;
}

export interface ServiceAvailabilityRow {
  only_row: Generated<boolean>;
  beat_at: Date;
  interrupted_at: Date | null;
  serving_since: Date;
}

export interface Database extends DirectoryTables, PolicyTables, SignInTables {
  subscription: SubscriptionRow;
  subscription_alias: SubscriptionAliasRow;
  resource_group: ResourceGroupRow;
  role_assignment: RoleAssignmentRow;
  long_running_operation: LongRunningOperationRow;
  machine: MachineRow;
  machine_liveness: MachineLivenessRow;
  machine_facts: MachineFactsRow;
  machine_certificate: MachineCertificateRow;
  certificate_authority: CertificateAuthorityRow;
  service_availability: ServiceAvailabilityRow;
}
