import type { Application, ApplicationField, ApplicationStore, DirectoryQuery, Page } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import { type Field, meetsAll, textField, uuidField } from '../conditions.ts';
import { asOne, type Handle } from '../handle.ts';
import { comesAfter, limitOf, pageFrom } from '../keyset-page.ts';
import { applicationOf, selectApplications } from './application-row.ts';
import { deleteApplication } from './delete-application.ts';
import { identifierField } from './identifier-field.ts';
import { insertApplication, updateApplication } from './write-application.ts';

export const createApplicationStore = (db: Handle): ApplicationStore => ({
  find: (tenantId, id, options) => find(db, { tenantId, id, lock: options?.lock === true }),
  list: (tenantId, query) => list(db, tenantId, query),
  insert: (application) => asOne(db, (transaction) => insertApplication(transaction, application)),
  update: (application) => asOne(db, (transaction) => updateApplication(transaction, application)),
  delete: (tenantId, id) => asOne(db, (transaction) => deleteApplication(transaction, tenantId, id)),
});

const find = async (
  db: Handle,
  { tenantId, id, lock }: { tenantId: Uuid; id: Uuid; lock: boolean },
): Promise<Application | undefined> => {
  if (lock) await lockRow(db, tenantId, id);
  const row = await selectApplications(db, tenantId).where('application.application_id', '=', id).executeTakeFirst();
  return row && applicationOf(row);
};

/** Before the row is read: a statement that waits for a lock does not see what was written meanwhile to other tables. */
const lockRow = async (db: Handle, tenantId: Uuid, id: Uuid): Promise<void> => {
  await db
    .selectFrom('application')
    .select('application.application_id')
    .where('application.tenant_id', '=', tenantId)
    .where('application.application_id', '=', id)
    .forNoKeyUpdate()
    .execute();
};

const fields: Record<ApplicationField, Field> = {
  appId: uuidField(sql`application.app_id`),
  displayName: textField(sql`coalesce(application.display_name_key, lower(application.display_name))`),
  identifierUris: identifierField,
  id: uuidField(sql`application.application_id`),
};

const place = { at: sql`application.created_at`, id: sql`application.application_id` };

const list = async (
  db: Handle,
  tenantId: Uuid,
  query: DirectoryQuery<ApplicationField>,
): Promise<Page<Application>> => {
  const rows = await selectApplications(db, tenantId)
    .where(meetsAll(fields, query.where))
    .where(comesAfter(place, query.after))
    .orderBy('application.created_at')
    .orderBy('application.application_id')
    .limit(limitOf(query.top))
    .execute();
  return pageFrom(rows, query.top, {
    placeOf: (row) => ({ at: row.created_at, id: row.application_id }),
    itemOf: applicationOf,
  });
};
