import type { Application } from '@holdfast/directory';
import type { Handle } from '../handle.ts';
import { unlessTaken } from '../unless-taken.ts';
import { applicationColumns } from './application-row.ts';

/** Without credentials. False when an identifier URI is taken. Runs in a transaction. */
export const insertApplication = (db: Handle, application: Application): Promise<boolean> =>
  unlessUriTaken(db, async () => {
    await insertRow(db, application);
    await insertIdentifierUris(db, application);
  });

/** False when an identifier URI is taken, or there is no such application. Runs in a transaction. */
export const updateApplication = async (db: Handle, application: Application): Promise<boolean> => {
  let found = false;
  const free = await unlessUriTaken(db, async () => {
    found = await updateRow(db, application);
    if (!found) return;
    await deleteIdentifierUris(db, application);
    await insertIdentifierUris(db, application);
  });
  return free && found;
};

const unlessUriTaken = (db: Handle, work: () => Promise<void>): Promise<boolean> =>
  unlessTaken(db, 'application_identifier_uri_pkey', work);

const insertRow = async (db: Handle, application: Application): Promise<void> => {
  await db
    .insertInto('application')
    .values({
      application_id: application.id,
      tenant_id: application.tenantId,
      app_id: application.appId,
      created_at: application.createdAt,
      ...applicationColumns(application),
    })
    .execute();
};

const updateRow = async (db: Handle, application: Application): Promise<boolean> => {
  const updated = await db
    .updateTable('application')
    .set(applicationColumns(application))
    .where('application.tenant_id', '=', application.tenantId)
    .where('application.application_id', '=', application.id)
    .returning('application.application_id')
    .executeTakeFirst();
  return updated !== undefined;
};

const deleteIdentifierUris = async (db: Handle, { tenantId, id }: Application): Promise<void> => {
  await db
    .deleteFrom('application_identifier_uri')
    .where('application_identifier_uri.tenant_id', '=', tenantId)
    .where('application_identifier_uri.application_id', '=', id)
    .execute();
};

const insertIdentifierUris = async (db: Handle, application: Application): Promise<void> => {
  if (application.identifierUris.length === 0) return;
  const rows = application.identifierUris.map((uri, ordinal) => ({
    tenant_id: application.tenantId,
    uri_key: uri.toLowerCase(),
    application_id: application.id,
    uri,
    ordinal,
  }));
  await db.insertInto('application_identifier_uri').values(rows).execute();
};
