import type {
  DirectoryQuery,
  Page,
  ServicePrincipal,
  ServicePrincipalField,
  ServicePrincipalStore,
} from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { type Selectable, sql } from 'kysely';
import { anyField, type Field, meetsAll, textField, uuidField } from '../conditions.ts';
import { asOne, type Handle } from '../handle.ts';
import { comesAfter, limitOf, pageFrom } from '../keyset-page.ts';
import type { ServicePrincipalRow } from '../rows/directory.ts';
import { storableText } from '../storable.ts';
import { identifierUris } from './application-row.ts';
import { deleteGrants } from './delete-grants.ts';
import { deletePeoplesGrants } from './delete-peoples-grants.ts';
import { identifierField } from './identifier-field.ts';

export const createServicePrincipalStore = (db: Handle): ServicePrincipalStore => ({
  find: (tenantId, id, options) => find(db, { tenantId, id, lock: options?.lock === true }),
  list: (tenantId, query) => list(db, tenantId, query),
  insert: (principal) => insert(db, principal),
  update: (principal) => update(db, principal),
  delete: (tenantId, id) => asOne(db, (transaction) => deletePrincipal(transaction, tenantId, id)),
});

const find = async (
  db: Handle,
  { tenantId, id, lock }: { tenantId: Uuid; id: Uuid; lock: boolean },
): Promise<ServicePrincipal | undefined> => {
  const row = await selectPrincipals(db, tenantId)
    .where('principal.principal_id', '=', id)
    .$if(lock, (query) => query.forNoKeyUpdate('principal'))
    .executeTakeFirst();
  return row && principalOf(row);
};

const fields: Record<ServicePrincipalField, Field> = {
  appId: uuidField(sql`principal.app_id`),
  displayName: textField(sql`coalesce(principal.display_name_key, lower(principal.display_name))`),
  servicePrincipalName: anyField(uuidField(sql`principal.app_id`), identifierField),
  servicePrincipalType: textField(sql`lower(principal.kind)`),
  id: uuidField(sql`principal.principal_id`),
};

const place = { at: sql`principal.created_at`, id: sql`principal.principal_id` };

const list = async (
  db: Handle,
  tenantId: Uuid,
  query: DirectoryQuery<ServicePrincipalField>,
): Promise<Page<ServicePrincipal>> => {
  const rows = await selectPrincipals(db, tenantId)
    .where(meetsAll(fields, query.where))
    .where(comesAfter(place, query.after))
    .orderBy('principal.created_at')
    .orderBy('principal.principal_id')
    .limit(limitOf(query.top))
    .execute();
  return pageFrom(rows, query.top, {
    placeOf: (row) => ({ at: row.created_at, id: row.principal_id }),
    itemOf: principalOf,
  });
};

const insert = async (db: Handle, principal: ServicePrincipal): Promise<boolean> => {
  const inserted = await db
    .insertInto('service_principal')
    .values({
      tenant_id: principal.tenantId,
      principal_id: principal.id,
      app_id: principal.appId,
      application_id: principal.applicationId ?? null,
      kind: principal.kind,
      created_at: principal.createdAt,
      ...contentOf(principal),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('service_principal.principal_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

const update = async (db: Handle, principal: ServicePrincipal): Promise<boolean> => {
  const updated = await db
    .updateTable('service_principal')
    .set(contentOf(principal))
    .where('service_principal.tenant_id', '=', principal.tenantId)
    .where('service_principal.principal_id', '=', principal.id)
    .returning('service_principal.principal_id')
    .executeTakeFirst();
  return updated !== undefined;
};

/** A machine's identity goes with its machine only. */
const deletePrincipal = async (db: Handle, tenantId: Uuid, id: Uuid): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('service_principal')
    .where('service_principal.tenant_id', '=', tenantId)
    .where('service_principal.principal_id', '=', id)
    .where('service_principal.kind', '=', 'Application')
    .returning('service_principal.app_id')
    .executeTakeFirst();
  if (deleted === undefined) return false;
  await deleteGrants(db, { tenantId, principalIds: [id] });
  await deletePeoplesGrants(db, tenantId, deleted.app_id);
  return true;
};

const contentOf = (principal: ServicePrincipal) => ({
  display_name: storableText(principal.displayName),
  display_name_key: storableText(principal.displayName).toLowerCase(),
  enabled: principal.enabled,
  permissions: [...principal.permissions],
  tags: principal.tags.map(storableText),
});

const selectPrincipals = (db: Handle, tenantId: Uuid) =>
  db
    .selectFrom('service_principal as principal')
    .leftJoin('application', (join) =>
      join
        .onRef('application.tenant_id', '=', 'principal.tenant_id')
        .onRef('application.application_id', '=', 'principal.application_id'),
    )
    .select(['principal.tenant_id', 'principal.principal_id', 'principal.app_id', 'principal.application_id'])
    .select(['principal.kind', 'principal.display_name', 'principal.enabled', 'principal.permissions'])
    .select(['principal.tags', 'principal.created_at'])
    .select(identifierUris.as('identifier_uris'))
    .where('principal.tenant_id', '=', tenantId);

type ReadRow = Omit<Selectable<ServicePrincipalRow>, 'display_name_key'> & { identifier_uris: string[] };

const principalOf = (row: ReadRow): ServicePrincipal => ({
  id: row.principal_id,
  tenantId: row.tenant_id,
  appId: row.app_id,
  applicationId: row.application_id ?? undefined,
  kind: row.kind,
  displayName: row.display_name,
  enabled: row.enabled,
  identifierUris: row.identifier_uris,
  permissions: row.permissions,
  tags: row.tags,
  createdAt: row.created_at,
});
