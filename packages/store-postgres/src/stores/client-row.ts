import type { Client } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { Handle } from '../handle.ts';
import type { ApplicationRow, ServicePrincipalRow } from '../rows/directory.ts';
import { type RedirectColumns, redirectUrisOf } from './application-row.ts';
import { type CredentialsRow, credentialColumns, credentialsOf } from './credentials-row.ts';

type ClientRow = Pick<ServicePrincipalRow, 'tenant_id' | 'principal_id' | 'app_id' | 'kind' | 'display_name'> &
  Pick<ServicePrincipalRow, 'enabled' | 'permissions'> &
  Pick<ApplicationRow, 'is_fallback_public_client'> &
  RedirectColumns &
  CredentialsRow;

/** The programs of a tenant with their credentials, in one statement. Machine identities have none and are left out. */
export const selectClients = (db: Handle, tenantId: Uuid) =>
  db
    .selectFrom('service_principal as principal')
    .innerJoin('application', (join) =>
      join
        .onRef('application.tenant_id', '=', 'principal.tenant_id')
        .onRef('application.application_id', '=', 'principal.application_id'),
    )
    .select(['principal.tenant_id', 'principal.principal_id', 'principal.app_id', 'principal.kind'])
    .select(['principal.display_name', 'principal.enabled', 'principal.permissions'])
    .select(['application.web_redirect_uris', 'application.spa_redirect_uris'])
    .select(['application.public_client_redirect_uris', 'application.is_fallback_public_client'])
    .select(credentialColumns)
    .where('principal.tenant_id', '=', tenantId);

export const clientOf = (row: ClientRow): Client => ({
  tenantId: row.tenant_id,
  appId: row.app_id,
  objectId: row.principal_id,
  displayName: row.display_name,
  enabled: row.enabled,
  kind: row.kind,
  ...credentialsOf(row),
  redirectUris: redirectUrisOf(row),
  isFallbackPublicClient: row.is_fallback_public_client,
  roles: row.permissions,
});
