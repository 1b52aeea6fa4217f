import { armError } from '@holdfast/arm';

/** What a list is asked for besides its filter. */
export interface ListQuery {
  readonly filter: string | undefined;
  /** 1 to 999. */
  readonly top: number;
  readonly after: string | undefined;
  /** Names of properties, lower case; undefined for all. */
  readonly select: ReadonlySet<string> | undefined;
}

const usual = 100;
/** Graph's limit. */
const most = 999;
/** Counting is asked for by clients that do not use the count. */
const known = ['$filter', '$top', '$skiptoken', '$select', '$count'];

/** Reads the query options of a list; `tolerated` are those whose only possible value is what happens anyway. */
export const parseListQuery = (
  query: ReadonlyMap<string, string>,
  tolerated: Readonly<Record<string, string>> = {},
): ListQuery => {
  for (const [name, value] of query) {
    if (!name.startsWith('$') || known.includes(name) || value === '') continue;
    if (tolerated[name]?.toLowerCase() === value.trim().toLowerCase()) continue;
    throw armError('DirectoryUnsupportedQuery', { option: name, detail: `supported are ${known.join(', ')}.` });
  }
  return {
    filter: query.get('$filter'),
    top: topOf(query.get('$top')),
    after: query.get('$skiptoken'),
    select: selectOf(query),
  };
};

/** The names in `$select`; those that an object does not have are passed over. */
export const selectOf = (query: ReadonlyMap<string, string>): ReadonlySet<string> | undefined => {
  const names = (query.get('$select') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const given = names.filter((name) => name !== '');
  return given.length === 0 || given.includes('*') ? undefined : new Set(given);
};

const topOf = (text: string | undefined): number => {
  if (text === undefined || text === '') return usual;
  const top = Number(text);
  if (Number.isInteger(top) && top >= 1 && top <= most) return top;
  throw armError('DirectoryUnsupportedQuery', {
    option: '$top',
    detail: `a whole number from 1 to ${most} is needed.`,
  });
};
