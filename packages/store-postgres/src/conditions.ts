import type { Condition } from '@holdfast/directory';
import { isUuid } from '@holdfast/kernel';
import { type RawBuilder, sql } from 'kysely';
import { isStorable } from './storable.ts';

/** What a condition on one field says in SQL. */
export type Field = (condition: Pick<Condition<string>, 'operator' | 'value'>) => RawBuilder<boolean>;

type Column = RawBuilder<unknown>;

/** True for rows that meet every condition. */
export const meetsAll = <Name extends string>(
  fields: Readonly<Record<Name, Field>>,
  conditions: readonly Condition<Name>[],
): RawBuilder<boolean> =>
  sql`${sql.join([sql`true`, ...conditions.map((condition) => fields[condition.field](condition))], sql` and `)}`;

/** Of a column that holds text in lower case, lowered by JavaScript. */
export const textField =
  (key: Column): Field =>
  ({ operator, value }) => {
    const wanted = String(value).toLowerCase();
    if (!isStorable(wanted)) return sql`false`;
    return operator === 'equals' ? sql`${key} = ${wanted}::text` : sql`starts_with(${key}, ${wanted}::text)`;
  };

export const uuidField =
  (column: Column): Field =>
  ({ operator, value }) => {
    if (operator === 'startsWith') return textField(sql`${column}::text`)({ operator, value });
    return isUuid(value) ? sql`${column} = ${value}::uuid` : sql`false`;
  };

export const booleanField =
  (column: Column): Field =>
  ({ operator, value }) =>
    operator === 'equals' && typeof value === 'boolean' ? sql`${column} = ${value}::boolean` : sql`false`;

export const anyField =
  (...fields: readonly Field[]): Field =>
  (condition) =>
    sql`(${sql.join(
      fields.map((field) => field(condition)),
      sql` or `,
    )})`;
