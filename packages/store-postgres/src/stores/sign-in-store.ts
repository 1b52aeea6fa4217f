import type { Page, SignIn, SignInField, SignInQuery, SignInStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { type RawBuilder, sql } from 'kysely';
import { type Field, meetsAll, textField, uuidField } from '../conditions.ts';
import type { Handle } from '../handle.ts';
import { comesBefore, limitOf, pageFrom } from '../keyset-page.ts';
import { insertSignIns } from './insert-sign-ins.ts';
import { recordCredentialUses } from './record-credential-uses.ts';
import { selectSignIns, signInOf } from './sign-in-row.ts';

export const createSignInStore = (db: Handle): SignInStore => ({
  insertAll: (signIns) => insertSignIns(db, signIns),
  list: (tenantId, query) => list(db, tenantId, query),
  recordUses: (uses) => recordCredentialUses(db, uses),
  deleteBefore: (at) => deleteBefore(db, at),
});

/** True of entries about a principal of one kind that meet the condition. */
const about =
  (kinds: RawBuilder<boolean>, field: Field): Field =>
  (condition) =>
    sql`(${kinds} and ${field(condition)})`;

const isPerson = sql<boolean>`sign_in.principal_kind <> 'servicePrincipal'`;
const isProgram = sql<boolean>`sign_in.principal_kind = 'servicePrincipal'`;

const fields: Record<SignInField, Field> = {
  id: uuidField(sql`sign_in.sign_in_id`),
  appId: uuidField(sql`sign_in.app_id`),
  userId: about(isPerson, uuidField(sql`sign_in.principal_id`)),
  userPrincipalName: about(isPerson, textField(sql`sign_in.principal_name_key`)),
  ipAddress: textField(sql`lower(sign_in.address)`),
  servicePrincipalId: about(isProgram, uuidField(sql`sign_in.principal_id`)),
  correlationId: uuidField(sql`sign_in.correlation_id`),
};

const place = { at: sql`sign_in.occurred_at`, id: sql`sign_in.sign_in_id` };

const list = async (db: Handle, tenantId: Uuid, query: SignInQuery): Promise<Page<SignIn>> => {
  const { outcome, from, to } = query;
  const rows = await selectSignIns(db)
    .where('sign_in.tenant_id', '=', tenantId)
    .where(meetsAll(fields, query.where))
    .where(comesBefore(place, query.after))
    .$if(outcome !== undefined, (select) => select.where('sign_in.code', outcome === 'failed' ? '<>' : '=', 0))
    .$if(from !== undefined, (select) => select.where(sql<boolean>`sign_in.occurred_at >= ${from}::timestamptz`))
    .$if(to !== undefined, (select) => select.where(sql<boolean>`sign_in.occurred_at <= ${to}::timestamptz`))
    .orderBy('sign_in.occurred_at', 'desc')
    .orderBy('sign_in.sign_in_id', 'desc')
    .limit(limitOf(query.top))
    .execute();
  return pageFrom(rows, query.top, {
    placeOf: (row) => ({ at: row.occurred_at, id: row.sign_in_id }),
    itemOf: signInOf,
  });
};

/** By the last of those an entry stands for. */
const deleteBefore = async (db: Handle, at: Date): Promise<number> => {
  const deleted = await db.deleteFrom('sign_in').where('sign_in.last_at', '<', at).executeTakeFirst();
  return Number(deleted.numDeletedRows);
};
