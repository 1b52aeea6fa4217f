import type { DeviceCode, PersonGrant } from '@holdfast/token-service';
import type { DeviceCodeRow } from '../rows/sign-in.ts';

type CodeRow = Pick<DeviceCodeRow, 'device_code_sha256' | 'user_code_sha256' | 'client_id' | 'asked_tenant_id'> &
  Pick<DeviceCodeRow, 'resource' | 'scopes' | 'address' | 'user_agent' | 'created_at' | 'expires_at'>;

/** Of `device_code as code`. */
export const deviceCodeColumns = [
  'code.device_code_sha256',
  'code.user_code_sha256',
  'code.client_id',
  'code.asked_tenant_id',
  'code.resource',
  'code.scopes',
  'code.address',
  'code.user_agent',
  'code.created_at',
  'code.expires_at',
] as const;

export const deviceCodeOf = (row: CodeRow): DeviceCode => ({
  deviceCodeSha256: row.device_code_sha256,
  userCodeSha256: row.user_code_sha256,
  clientId: row.client_id,
  tenantId: row.asked_tenant_id ?? undefined,
  resource: row.resource,
  scopes: row.scopes,
  address: row.address,
  userAgent: row.user_agent,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

/** @throws when the row is not one of a granted code, which a constraint rules out */
export const deviceGrantOf = (row: DeviceCodeRow): PersonGrant => ({
  tenantId: present(row.tenant_id),
  userId: present(row.user_id),
  clientId: row.client_id,
  resource: present(row.granted_resource),
  scopes: present(row.granted_scopes),
  sid: present(row.sid),
  authentication: { at: present(row.authenticated_at), methods: present(row.authentication_methods) },
});

const present = <T>(value: T | null): T => {
  if (value === null) throw new Error('a granted device code lacks a part of its grant');
  return value;
};
