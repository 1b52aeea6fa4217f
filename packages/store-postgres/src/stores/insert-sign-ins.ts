import type { SignIn } from '@holdfast/directory';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { storableJson, storableText } from '../storable.ts';

/** Any number in one statement. One that was written before is left as it is: a batch may be repeated. */
export const insertSignIns = async (db: Handle, signIns: readonly SignIn[]): Promise<void> => {
  if (signIns.length === 0) return;
  await sql`
    insert into sign_in (${sql.join(columns.map(([name]) => sql.ref(name)))})
    select * from unnest(${sql.join(columns.map(([, type, read]) => arrayOf(type, signIns.map(read))))})
    on conflict do nothing`.execute(db);
};

const arrayOf = (type: RawBuilder<unknown>, values: readonly unknown[]) => sql`${values}::${type}[]`;

const [uuid, text, moment, whole, flag, json] = [
  sql`uuid`,
  sql`text`,
  sql`timestamptz`,
  sql`integer`,
  sql`boolean`,
  sql`jsonb`,
];

type Column = readonly [name: string, type: RawBuilder<unknown>, read: (signIn: SignIn) => unknown];

const columns: readonly Column[] = [
  ['tenant_id', uuid, (each) => each.tenantId],
  ['sign_in_id', uuid, (each) => each.id],
  ['occurred_at', moment, (each) => each.at],
  ['occurrences', whole, (each) => each.count],
  ['last_at', moment, (each) => each.lastAt],
  ['correlation_id', uuid, (each) => each.correlationId],
  ['flow', text, (each) => each.flow],
  ['principal_kind', text, (each) => each.principal.kind],
  ['principal_id', uuid, (each) => each.principal.id ?? null],
  ['principal_name', text, (each) => storableText(each.principal.name)],
  ['principal_name_key', text, (each) => storableText(each.principal.name).toLowerCase()],
  ['app_id', uuid, (each) => each.app.appId ?? null],
  ['app_display_name', text, (each) => storableText(each.app.displayName)],
  ['resource', text, (each) => (each.resource === undefined ? null : storableText(each.resource))],
  ['address', text, (each) => storableText(each.address)],
  ['user_agent', text, (each) => storableText(each.userAgent)],
  ['credential_kind', text, (each) => each.credential.kind],
  ['credential_id', uuid, (each) => each.credential.id ?? null],
  ['mfa', flag, (each) => each.mfa],
  ['code', whole, (each) => each.outcome.code],
  ['reason', text, (each) => storableText(each.outcome.reason)],
  ['policies', json, (each) => storableJson(each.policies)],
];
