/** The words of a `$filter` (OData URL conventions 4.01, section 5.1.1). */
export type FilterToken =
  | { readonly kind: 'text'; readonly value: string }
  /** A name, an operator, or a literal without quotes. */
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'sign'; readonly value: '(' | ')' | ',' | ':' };

const pattern = /\s*(?:'((?:[^']|'')*)'|([A-Za-z0-9_@$][\w@$./+-]*(?::\d[\w.+-]*)*)|([(),:]))/y;

/** Undefined where something is no token at all. A quote inside a text is doubled. */
export const filterTokens = (filter: string): readonly FilterToken[] | undefined => {
  const text = filter.trimEnd();
  const tokens: FilterToken[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    tokens.push(tokenOf(match));
  }
  return tokens;
};

const tokenOf = ([, quoted, word, sign]: RegExpExecArray): FilterToken => {
  if (quoted !== undefined) return { kind: 'text', value: quoted.replaceAll("''", "'") };
  if (word !== undefined) return { kind: 'word', value: word };
  return { kind: 'sign', value: sign as '(' };
};
