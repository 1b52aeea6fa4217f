import { err, ok, type Result } from '@holdfast/kernel';
import { type ArmError, armError } from './arm-error.ts';

/** A page of a collection: where it starts and how many items it holds. */
export interface PageRequest {
  /** The names after which the page starts; undefined for the first. */
  readonly after: readonly string[] | undefined;
  readonly size: number;
}

const separator = '|';

/** Reads `$top` and `$skipToken`. `depth` names make up a token. */
export const parsePage = (
  query: ReadonlyMap<string, string>,
  { depth, most }: { depth: number; most: number },
): Result<PageRequest, ArmError> => {
  const top = query.get('$top');
  const size = top === undefined ? most : Number(top);
  if (!Number.isInteger(size) || size < 1) return invalid('$top', 'a whole number from 1 on is needed.');
  const token = query.get('$skiptoken');
  const after = token?.split(separator);
  if (after !== undefined && after.length !== depth)
    return invalid('$skipToken', 'follow the nextLink as it was given.');
  return ok({ after, size: Math.min(size, most) });
};

const invalid = (name: string, detail: string): Result<never, ArmError> =>
  err(armError('InvalidQueryParameter', { name, detail }, { target: name }));

/** The address of the page after `last`: the original request with another token. */
export const nextLink = (
  request: { origin: string; path: string; query: ReadonlyMap<string, string> },
  last: readonly string[],
): string => {
  const query = new Map([...request.query, ['$skiptoken', last.join(separator)]]);
  const text = [...query].map(([name, value]) => `${spelled(name)}=${encodeURIComponent(value)}`).join('&');
  return `${request.origin}${request.path}?${text}`;
};

const spelled = (name: string): string =>
  name === '$skiptoken' ? '$skipToken' : encodeURIComponent(name).replace(/^%24/, '$');
