import type { Application, RedirectUris } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { type Selectable, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { ApplicationRow } from '../rows/directory.ts';
import { storableJson, storableText } from '../storable.ts';
import { type CredentialsRow, credentialColumns, credentialsOf } from './credentials-row.ts';

export type RedirectColumns = Pick<
  ApplicationRow,
  'web_redirect_uris' | 'spa_redirect_uris' | 'public_client_redirect_uris'
>;

type ReadRow = Omit<Selectable<ApplicationRow>, 'display_name_key'> & CredentialsRow & { identifier_uris: string[] };

/** Of a row of `application`. */
export const identifierUris = sql<string[]>`array(
  select identifier.uri
  from application_identifier_uri as identifier
  where identifier.tenant_id = application.tenant_id and identifier.application_id = application.application_id
  order by identifier.ordinal
)`;

/** The applications of a tenant with their credentials, in one statement. */
export const selectApplications = (db: Handle, tenantId: Uuid) =>
  db
    .selectFrom('application')
    .select(['application.application_id', 'application.tenant_id', 'application.app_id', 'application.display_name'])
    .select(['application.web_redirect_uris', 'application.spa_redirect_uris'])
    .select(['application.public_client_redirect_uris', 'application.is_fallback_public_client'])
    .select(['application.manifest', 'application.created_at'])
    .select(identifierUris.as('identifier_uris'))
    .select(credentialColumns)
    .where('application.tenant_id', '=', tenantId);

export const applicationOf = (row: ReadRow): Application => ({
  id: row.application_id,
  tenantId: row.tenant_id,
  appId: row.app_id,
  displayName: row.display_name,
  identifierUris: row.identifier_uris,
  redirectUris: redirectUrisOf(row),
  isFallbackPublicClient: row.is_fallback_public_client,
  manifest: row.manifest,
  ...credentialsOf(row),
  createdAt: row.created_at,
});

export const redirectUrisOf = (row: RedirectColumns): RedirectUris => ({
  web: row.web_redirect_uris,
  spa: row.spa_redirect_uris,
  publicClient: row.public_client_redirect_uris,
});

type Content = Pick<Application, 'displayName' | 'redirectUris' | 'isFallbackPublicClient' | 'manifest'>;

/** The columns that may change. */
export const applicationColumns = (content: Content) => ({
  display_name: storableText(content.displayName),
  display_name_key: storableText(content.displayName).toLowerCase(),
  web_redirect_uris: [...content.redirectUris.web],
  spa_redirect_uris: [...content.redirectUris.spa],
  public_client_redirect_uris: [...content.redirectUris.publicClient],
  is_fallback_public_client: content.isFallbackPublicClient,
  manifest: storableJson(content.manifest),
});
