import { type ArmError, armError } from '@holdfast/arm';
import { err, ok, type Result } from '@holdfast/kernel';

/** The terms that a collection can be filtered by: each with a pattern for its start of the text, and how it is written. */
export type TermPatterns<Name extends string> = Readonly<
  Record<Name, { readonly pattern: RegExp; readonly form: string }>
>;

/** A literal in a pattern. A quote inside is doubled (OData 4.01 ABNF, SQUOTE-in-string). */
export const literal = "'((?:[^']|'')*)'";

/** Reads `a and b and c`: the literals of the terms by name, empty for those without one. No filter is no terms. */
export const parseFilter = <Name extends string>(
  filter: string | undefined,
  patterns: TermPatterns<Name>,
): Result<ReadonlyMap<Name, string>, ArmError> => {
  const terms = new Map<Name, string>();
  let rest = filter?.trim() ?? '';
  while (rest !== '') {
    const term = firstTerm(rest, patterns);
    if (term === undefined) return invalid(patterns);
    terms.set(term.name, term.value);
    const after = rest.slice(term.length);
    rest = after.replace(/^\s+and\s+(?=\S)/i, '');
    if (rest === after && rest !== '') return invalid(patterns);
  }
  return ok(terms);
};

const firstTerm = <Name extends string>(text: string, patterns: TermPatterns<Name>) => {
  for (const name of Object.keys(patterns) as Name[]) {
    const match = patterns[name].pattern.exec(text);
    if (match !== null) return { name, value: match[1]?.replaceAll("''", "'") ?? '', length: match[0].length };
  }
  return undefined;
};

const invalid = (patterns: TermPatterns<string>): Result<never, ArmError> => {
  const forms = Object.values(patterns).map(({ form }) => form);
  const detail = `supported are ${forms.join(', ')}, joined by 'and'.`;
  return err(armError('InvalidQueryParameter', { name: '$filter', detail }, { target: '$filter' }));
};
