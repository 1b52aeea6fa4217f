import type { PersonGrant } from '@holdfast/token-service';
import type { GrantColumns } from '../rows/sign-in.ts';
import { storableText } from '../storable.ts';

export const grantColumns = (grant: PersonGrant): GrantColumns => ({
  tenant_id: grant.tenantId,
  user_id: grant.userId,
  client_id: grant.clientId,
  resource: storableText(grant.resource),
  scopes: grant.scopes.map(storableText),
  sid: grant.sid,
  authenticated_at: grant.authentication.at,
  authentication_methods: [...grant.authentication.methods],
});

export const grantOf = (row: GrantColumns): PersonGrant => ({
  tenantId: row.tenant_id,
  userId: row.user_id,
  clientId: row.client_id,
  resource: row.resource,
  scopes: row.scopes,
  sid: row.sid,
  authentication: { at: row.authenticated_at, methods: row.authentication_methods },
});
