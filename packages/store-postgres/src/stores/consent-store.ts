import type { Consent, ConsentStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { ConsentRow } from '../rows/directory.ts';
import { storableText } from '../storable.ts';

export const createConsentStore = (db: Handle): ConsentStore => ({
  listOf: (tenantId, about) => listOf(db, tenantId, about),
  list: (tenantId) => list(db, tenantId),
  put: (consent) => put(db, consent),
  delete: (tenantId, id) => deleteConsent(db, tenantId, id),
});

const listOf = async (
  db: Handle,
  tenantId: Uuid,
  { appId, userId }: { appId: Uuid; userId?: Uuid },
): Promise<readonly Consent[]> => {
  const rows = await selectConsents(db, tenantId)
    .where('consent.app_id', '=', appId)
    .where((row) =>
      userId === undefined
        ? row('consent.user_id', 'is', null)
        : row.or([row('consent.user_id', 'is', null), row('consent.user_id', '=', userId)]),
    )
    .execute();
  return rows.map(consentOf);
};

const list = async (db: Handle, tenantId: Uuid): Promise<readonly Consent[]> =>
  (await selectConsents(db, tenantId).execute()).map(consentOf);

/** Keeps the id, the time and the order of what was consented to first. */
const put = async (db: Handle, consent: Consent): Promise<void> => {
  await db
    .insertInto('consent')
    .values({
      tenant_id: consent.tenantId,
      consent_id: consent.id,
      app_id: consent.appId,
      user_id: consent.userId ?? null,
      resource: storableText(consent.resource),
      scopes: consent.scopes.map(storableText),
      created_at: consent.createdAt,
    })
    .onConflict((conflict) =>
      conflict.constraint('consent_subject_key').doUpdateSet({
        scopes: sql<string[]>`consent.scopes || array(
          select added.scope
          from unnest(excluded.scopes) with ordinality as added (scope, ordinal)
          where added.scope <> all(consent.scopes)
          order by added.ordinal
        )`,
      }),
    )
    .execute();
};

const deleteConsent = async (db: Handle, tenantId: Uuid, id: Uuid): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('consent')
    .where('consent.tenant_id', '=', tenantId)
    .where('consent.consent_id', '=', id)
    .returning('consent.consent_id')
    .executeTakeFirst();
  return deleted !== undefined;
};

const selectConsents = (db: Handle, tenantId: Uuid) =>
  db
    .selectFrom('consent')
    .select(['consent.tenant_id', 'consent.consent_id', 'consent.app_id', 'consent.user_id'])
    .select(['consent.resource', 'consent.scopes', 'consent.created_at'])
    .where('consent.tenant_id', '=', tenantId)
    .orderBy('consent.created_at')
    .orderBy('consent.consent_id');

const consentOf = (row: ConsentRow): Consent => ({
  id: row.consent_id,
  tenantId: row.tenant_id,
  appId: row.app_id,
  userId: row.user_id ?? undefined,
  resource: row.resource,
  scopes: row.scopes,
  createdAt: row.created_at,
});
