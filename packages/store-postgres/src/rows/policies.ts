import type { Uuid } from '@holdfast/kernel';
import type { Json } from './json.ts';

/** Who may sign in, and through whom: 0005_people-and-programs.sql. */
export interface PolicyTables {
  identity_provider: IdentityProviderRow;
  conditional_access_policy: ConditionalAccessPolicyRow;
  named_location: NamedLocationRow;
}

export interface IdentityProviderRow {
  tenant_id: Uuid;
  provider_id: Uuid;
  display_name: string;
  issuer: string;
  client_id: string;
  sealed_client_secret: Buffer;
  scopes: string[];
  creates_users: boolean;
  group_claim: string | null;
  groups: Json<Record<string, Uuid>>;
  trusts_mfa: boolean;
  created_at: Date;
}

export interface ConditionalAccessPolicyRow {
  tenant_id: Uuid;
  policy_id: Uuid;
  display_name: string;
  state: 'enabled' | 'disabled' | 'reportOnly';
  conditions: Json<object>;
  grant_controls: Json<object>;
  created_at: Date;
  modified_at: Date;
}

export interface NamedLocationRow {
  tenant_id: Uuid;
  location_id: Uuid;
  display_name: string;
  is_trusted: boolean;
  ranges: string[];
  created_at: Date;
  modified_at: Date;
}
