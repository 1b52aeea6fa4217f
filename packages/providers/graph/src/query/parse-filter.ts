import { armError } from '@holdfast/arm';
import { type FilterToken, filterTokens } from './filter-tokens.ts';

/** One condition of a `$filter`; all of them must hold. Names as they were written, the parts of a path with a slash. */
export type FilterTerm =
  | { readonly kind: 'compare'; readonly name: string; readonly operator: Comparison; readonly value: FilterValue }
  | { readonly kind: 'startsWith'; readonly name: string; readonly value: string }
  /** One of a collection's texts is this one. */
  | { readonly kind: 'any'; readonly name: string; readonly value: string };

const comparisons = ['eq', 'ne', 'ge', 'gt', 'le', 'lt'] as const;
export type Comparison = (typeof comparisons)[number];
export type FilterValue = string | boolean | number | Date | null;

const longest = 4096;
const supported =
  "supported are comparisons, startswith(name,'text') and names/any(x:x eq 'text'), connected by and. A quote inside a text is doubled.";

export const unsupportedFilter = (detail: string): Error =>
  armError('DirectoryUnsupportedQuery', { option: '$filter', detail });

/** Reads a conjunction; whatever else OData has is refused with what is supported. */
export const parseFilter = (filter: string): readonly FilterTerm[] => {
  const tokens = filter.length > longest ? undefined : filterTokens(filter);
  if (tokens === undefined) throw unsupportedFilter(supported);
  const terms: FilterTerm[] = [];
  let rest = tokens;
  for (;;) {
    const [term, after] = readTerm(rest);
    terms.push(term);
    if (after.length === 0) return terms;
    rest = after.slice(1);
    if (wordAt(after, 0)?.toLowerCase() !== 'and') throw unsupportedFilter(supported);
  }
};

type Read = readonly [term: FilterTerm, rest: readonly FilterToken[]];

const readTerm = (tokens: readonly FilterToken[]): Read => {
  const read = readStartsWith(tokens) ?? readAny(tokens) ?? readComparison(tokens);
  if (read === undefined) throw unsupportedFilter(supported);
  return read;
};

const wordAt = (tokens: readonly FilterToken[], at: number): string | undefined => {
  const token = tokens[at];
  return token?.kind === 'word' ? token.value : undefined;
};
const textAt = (tokens: readonly FilterToken[], at: number): string | undefined => {
  const token = tokens[at];
  return token?.kind === 'text' ? token.value : undefined;
};
const signsAt = (tokens: readonly FilterToken[], signs: Readonly<Record<number, string>>): boolean =>
  Object.entries(signs).every(([at, sign]) => {
    const token = tokens[Number(at)];
    return token?.kind === 'sign' && token.value === sign;
  });

/** `startswith(name,'text')` */
const readStartsWith = (tokens: readonly FilterToken[]): Read | undefined => {
  const [name, value] = [wordAt(tokens, 2), textAt(tokens, 4)];
  if (wordAt(tokens, 0)?.toLowerCase() !== 'startswith' || !signsAt(tokens, { 1: '(', 3: ',', 5: ')' }))
    return undefined;
  if (name === undefined || value === undefined) return undefined;
  return [{ kind: 'startsWith', name, value }, tokens.slice(6)];
};

/** `names/any(x:x eq 'text')` */
const readAny = (tokens: readonly FilterToken[]): Read | undefined => {
  const name = /^(\w+)\/any$/i.exec(wordAt(tokens, 0) ?? '')?.[1];
  if (name === undefined || !signsAt(tokens, { 1: '(', 3: ':', 7: ')' })) return undefined;
  const value = textAt(tokens, 6);
  const isOfTheSame = wordAt(tokens, 2) !== undefined && wordAt(tokens, 2) === wordAt(tokens, 4);
  if (!isOfTheSame || wordAt(tokens, 5)?.toLowerCase() !== 'eq' || value === undefined) return undefined;
  return [{ kind: 'any', name, value }, tokens.slice(8)];
};

const readComparison = (tokens: readonly FilterToken[]): Read | undefined => {
  const name = wordAt(tokens, 0);
  const operator = comparisons.find((each) => each === wordAt(tokens, 1)?.toLowerCase());
  const value = literalOf(tokens[2]);
  if (name === undefined || operator === undefined || value === undefined) return undefined;
  return [{ kind: 'compare', name, operator, value }, tokens.slice(3)];
};

const literalOf = (token: FilterToken | undefined): FilterValue | undefined => {
  if (token?.kind === 'text') return token.value;
  if (token?.kind !== 'word') return undefined;
  const word = token.value;
  if (/^(true|false)$/i.test(word)) return word.toLowerCase() === 'true';
  if (/^null$/i.test(word)) return null;
  if (/^-?\d{1,15}$/.test(word)) return Number(word);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/i.test(word)) return momentOf(word);
  // A GUID is written without quotes in some dialects.
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word) ? word : undefined;
};

const momentOf = (word: string): Date | undefined => {
  const moment = new Date(word);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
};
