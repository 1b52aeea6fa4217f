/** Rows in memory. What a store does to them it does in one go, so that nothing comes between. */
export interface FakeTable<Row> {
  all(): readonly Row[];
  find(matches: (row: Row) => boolean): Row | undefined;
  insert(row: Row): void;
  /** False when no row matched. */
  replace(matches: (row: Row) => boolean, by: Row): boolean;
  /** How many there were. */
  remove(matches: (row: Row) => boolean): number;
}

export const fakeTable = <Row>(): FakeTable<Row> => {
  let rows: readonly Row[] = [];
  return {
    all: () => rows,
    find: (matches) => rows.find(matches),
    insert: (row) => {
      rows = [...rows, row];
    },
    replace: (matches, by) => {
      const found = rows.some(matches);
      rows = rows.map((row) => (matches(row) ? by : row));
      return found;
    },
    remove: (matches) => {
      const before = rows.length;
      rows = rows.filter((row) => !matches(row));
      return before - rows.length;
    },
  };
};

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
