import type { Condition, Page } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';

interface Row {
  readonly id: Uuid;
  readonly tenantId: Uuid;
}

/** Rows of all tenants, in the order of creation. */
export const createTable = <Item extends Row>() => {
  const rows = new Map<Uuid, Item>();
  const find = (tenantId: Uuid, id: Uuid): Item | undefined => {
    const row = rows.get(id);
    return row?.tenantId === tenantId ? row : undefined;
  };
  return {
    find,
    all: (tenantId: Uuid): readonly Item[] => [...rows.values()].filter((row) => row.tenantId === tenantId),
    put: (row: Item): void => void rows.set(row.id, row),
    delete: (tenantId: Uuid, id: Uuid): boolean => find(tenantId, id) !== undefined && rows.delete(id),
  };
};

/** What a row has under a field: one value, or several of which one is enough. */
export type ValuesOf<Item, Field extends string> = (item: Item, field: Field) => readonly unknown[];

export interface PageQuery<Field extends string> {
  readonly where: readonly Condition<Field>[];
  readonly top: number;
  readonly after: string | undefined;
}

export const pageOf = <Item extends Row, Field extends string>(
  items: readonly Item[],
  { where, top, after }: PageQuery<Field>,
  valuesOf: ValuesOf<Item, Field>,
): Page<Item> => {
  const met = items.filter((item) =>
    where.every((condition) => valuesOf(item, condition.field).some((value) => meets(value, condition))),
  );
  const from = after === undefined ? 0 : met.findIndex(({ id }) => id === after) + 1;
  const page = met.slice(from, from + top);
  return { items: page, next: met.length > from + top ? page.at(-1)?.id : undefined };
};

const meets = (value: unknown, { operator, value: wanted }: Condition<string>): boolean => {
  const [given, text] = [String(value).toLowerCase(), String(wanted).toLowerCase()];
  return operator === 'equals' ? given === text : given.startsWith(text);
};
