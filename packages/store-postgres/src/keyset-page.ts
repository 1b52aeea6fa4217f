import { armError } from '@holdfast/arm';
import type { Page } from '@holdfast/directory';
import { isUuid, type Uuid } from '@holdfast/kernel';
import { type RawBuilder, sql } from 'kysely';

/** Where a row stands in a list that is ordered by time, and by id within one moment. */
export interface Place {
  readonly at: Date;
  readonly id: Uuid;
}

/** The columns of a place. */
export interface PlaceColumns {
  readonly at: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
}

/** True for rows after the page that gave `after`. @throws ArmError when no page can have given it */
export const comesAfter = (columns: PlaceColumns, after: string | undefined): RawBuilder<boolean> =>
  compared(columns, sql`>`, after);

/** The same for a list that begins with the newest. */
export const comesBefore = (columns: PlaceColumns, after: string | undefined): RawBuilder<boolean> =>
  compared(columns, sql`<`, after);

const compared = (
  columns: PlaceColumns,
  operator: RawBuilder<unknown>,
  after: string | undefined,
): RawBuilder<boolean> => {
  if (after === undefined) return sql`true`;
  const { at, id } = placeFrom(after);
  return sql`(${columns.at}, ${columns.id}) ${operator} (${at}::timestamptz, ${id}::uuid)`;
};

/** What to ask for, so that a page knows whether another follows. */
export const limitOf = (top: number): number => top + 1;

/** A page from the rows that were found with `limitOf(top)`. */
export const pageFrom = <Row, Item>(
  rows: readonly Row[],
  top: number,
  shape: { readonly placeOf: (row: Row) => Place; readonly itemOf: (row: Row) => Item },
): Page<Item> => {
  const last = rows.length > top ? rows[top - 1] : undefined;
  return { items: rows.slice(0, top).map(shape.itemOf), next: last && textOf(shape.placeOf(last)) };
};

const textOf = ({ at, id }: Place): string => Buffer.from(`${at.getTime()}|${id}`).toString('base64url');

/** Milliseconds since 1970, to the year 5138: nothing that PostgreSQL's timestamps cannot hold. */
const milliseconds = /^\d{1,14}$/;

const placeFrom = (text: string): Place => {
  const [time = '', id = '', ...rest] = Buffer.from(text, 'base64url').toString('utf8').split('|');
  if (milliseconds.test(time) && isUuid(id) && rest.length === 0) return { at: new Date(Number(time)), id };
  const detail = 'follow the nextLink as it was given.';
  throw armError('InvalidQueryParameter', { name: '$skiptoken', detail }, { target: '$skiptoken' });
};
