import type { SignInField, SignInQuery } from '@holdfast/directory';
import { filterId } from '../query/conditions-of.ts';
import { type FilterTerm, parseFilter, unsupportedFilter } from '../query/parse-filter.ts';

type Wanted = Pick<SignInQuery, 'where' | 'outcome' | 'from' | 'to'>;

const ids: readonly SignInField[] = ['id', 'appId', 'userId', 'servicePrincipalId', 'correlationId'];
const texts: readonly SignInField[] = ['userPrincipalName', 'ipAddress'];

const supported = `supported here, connected by and: createdDateTime ge and le, status/errorCode eq 0 and ne 0, and eq with ${[...ids, ...texts].join(', ')}.`;

/** Which sign-ins a `$filter` asks for. */
export const signInQuery = (filter: string | undefined): Wanted => {
  const terms = filter === undefined || filter.trim() === '' ? [] : parseFilter(filter).map(readTerm);
  const narrowed: Omit<Wanted, 'where'> = Object.assign({}, ...terms);
  return { ...narrowed, where: terms.flatMap(({ where }) => where) };
};

const readTerm = (term: FilterTerm): Wanted => {
  if (term.kind !== 'compare') throw unsupportedFilter(supported);
  const { operator, value } = term;
  const name = term.name.toLowerCase();
  if (name === 'createddatetime' && value instanceof Date) return readPeriod(operator, value);
  if (name === 'status/errorcode' && value === 0 && (operator === 'eq' || operator === 'ne'))
    return { where: [], outcome: operator === 'eq' ? 'succeeded' : 'failed' };
  const field = [...ids, ...texts].find((each) => each.toLowerCase() === name);
  if (field === undefined || operator !== 'eq' || typeof value !== 'string') throw unsupportedFilter(supported);
  return { where: [{ field, operator: 'equals', value: ids.includes(field) ? filterId(value) : value }] };
};

const readPeriod = (operator: string, moment: Date): Wanted => {
  if (operator === 'ge') return { where: [], from: moment };
  if (operator === 'le') return { where: [], to: moment };
  throw unsupportedFilter(supported);
};
