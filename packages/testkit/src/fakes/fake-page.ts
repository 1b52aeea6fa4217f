import { armError } from '@holdfast/arm';
import type { Condition, Page } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { sameName } from './fake-table.ts';

export interface FakeList<Item, Name extends string> {
  readonly items: readonly Item[];
  readonly fields: Readonly<Record<Name, (item: Item) => string | boolean | undefined>>;
  readonly placeOf: (item: Item) => { readonly at: Date; readonly id: Uuid };
  readonly newestFirst?: boolean;
}

interface Asked<Name extends string> {
  readonly where: readonly Condition<Name>[];
  readonly top: number;
  readonly after: string | undefined;
}

export const fakePage = <Item, Name extends string>(list: FakeList<Item, Name>, asked: Asked<Name>): Page<Item> => {
  const found = inOrder(list)
    .filter((item) => asked.where.every((condition) => meets(list.fields[condition.field](item), condition)))
    .slice();
  const start = asked.after === undefined ? 0 : startAfter(list, found, asked.after);
  const items = found.slice(start, start + asked.top);
  const last = items.at(-1);
  const more = found.length > start + asked.top;
  return {
    items,
    next: more && last !== undefined ? Buffer.from(list.placeOf(last).id).toString('base64url') : undefined,
  };
};

/** By time, and by id within one moment. */
export const inOrder = <Item, Name extends string>(list: FakeList<Item, Name>): readonly Item[] => {
  const key = (item: Item) => `${list.placeOf(item).at.toISOString()} ${list.placeOf(item).id}`;
  const sorted = [...list.items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return list.newestFirst === true ? sorted.reverse() : sorted;
};

const startAfter = <Item, Name extends string>(
  list: FakeList<Item, Name>,
  found: readonly Item[],
  after: string,
): number => {
  const id = Buffer.from(after, 'base64url').toString();
  const index = found.findIndex((item) => list.placeOf(item).id === id);
  if (index >= 0) return index + 1;
  throw armError('InvalidQueryParameter', { name: '$skiptoken', detail: 'follow the nextLink as it was given.' });
};

const meets = (value: string | boolean | undefined, condition: Condition<string>): boolean => {
  if (typeof value !== 'string') return condition.operator === 'equals' && value === condition.value;
  const wanted = String(condition.value);
  if (condition.operator === 'equals') return sameName(value, wanted);
  return value.toLowerCase().startsWith(wanted.toLowerCase());
};
