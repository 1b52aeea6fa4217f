import type { Condition, DirectoryQuery, Page } from '@holdfast/directory';

/** A first page of everything. */
export const everything = { where: [], top: 999, after: undefined } as const;

export const meeting = <Field extends string>(...where: readonly Condition<Field>[]): DirectoryQuery<Field> => ({
  ...everything,
  where,
});

export const startsWith = <Field extends string>(field: Field, value: string): Condition<Field> => ({
  field,
  operator: 'startsWith',
  value,
});

export const equals = <Field extends string>(field: Field, value: string | boolean): Condition<Field> => ({
  field,
  operator: 'equals',
  value,
});

/** The pages of a list, from the first to the last. */
export const pagesOf = async <Item>(
  list: (page: { top: number; after: string | undefined }) => Promise<Page<Item>>,
  top: number,
): Promise<readonly (readonly Item[])[]> => {
  const pages: (readonly Item[])[] = [];
  let after: string | undefined;
  do {
    const page = await list({ top, after });
    pages.push(page.items);
    after = page.next;
  } while (after !== undefined);
  return pages;
};

/** What no list gave as `next`. */
export const forgedPages = [
  '',
  'x',
  '%00',
  Buffer.from('1|not-a-uuid').toString('base64url'),
  'MTAwMDAwMDAwMDAwMDAwMDAw',
];

export const refusedPage = { code: 'InvalidQueryParameter' };
