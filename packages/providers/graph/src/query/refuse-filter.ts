import type { ListQuery } from './list-query.ts';
import { unsupportedFilter } from './parse-filter.ts';

/** For lists so short that nothing is to be narrowed. */
export const refuseFilter = (query: ListQuery): ListQuery => {
  if (query.filter === undefined || query.filter === '') return query;
  throw unsupportedFilter('this list cannot be narrowed.');
};
