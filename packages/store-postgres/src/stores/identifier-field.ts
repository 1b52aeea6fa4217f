import { sql } from 'kysely';
import { type Field, textField } from '../conditions.ts';

/** Meets the condition with any identifier URI of a row of `application`. */
export const identifierField: Field = (condition) => sql`exists (
  select
  from application_identifier_uri as identifier
  where identifier.tenant_id = application.tenant_id
    and identifier.application_id = application.application_id
    and ${textField(sql`identifier.uri_key`)(condition)}
)`;
