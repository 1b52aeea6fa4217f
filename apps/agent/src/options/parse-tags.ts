import { parseTags, type Tags } from '@holdfast/arm';
import { agentError } from '../agent-error.ts';

/** One character of the list; a literal one was quoted or escaped, and neither separates nor is trimmed. */
interface Mark {
  readonly char: string;
  readonly literal: boolean;
}

/**
 * Tags from `K=V,K2='v 2'`: commas between pairs, single quotes around what has spaces or commas, a backslash before a
 * character that is meant as itself. Unquoted spaces around names and values do not count.
 * @throws AZCM0023
 */
export const parseTagList = (raw: string): Tags => {
  const pairs = split(marksOf(raw), ',').filter((pair) => textOf(pair) !== '');
  const tags = new Map<string, string>();
  for (const pair of pairs) {
    const [name, value] = splitOnce(pair);
    if (value === undefined || name === '') throw invalid(`'${textOf(pair)}' is not NAME=VALUE`);
    if (tags.has(name)) throw invalid(`the tag '${name}' is given twice`);
    tags.set(name, value);
  }
  const checked = parseTags(Object.fromEntries(tags));
  if (!checked.ok) throw invalid(checked.error.message);
  return checked.value;
};

const marksOf = (raw: string): Mark[] => {
  const marks: Mark[] = [];
  let quoted = false;
  let escaped = false;
  for (const char of raw) {
    if (!escaped && (char === '\\' || char === "'")) {
      escaped = char === '\\';
      if (!escaped) quoted = !quoted;
      continue;
    }
    marks.push({ char, literal: quoted || escaped });
    escaped = false;
  }
  if (quoted) throw invalid('a quote is not closed');
  if (escaped) throw invalid('nothing follows the last backslash');
  return marks;
};

const split = (marks: readonly Mark[], separator: string): Mark[][] => {
  const parts: Mark[][] = [[]];
  for (const mark of marks) {
    if (!mark.literal && mark.char === separator) parts.push([]);
    else parts.at(-1)?.push(mark);
  }
  return parts;
};

const splitOnce = (pair: readonly Mark[]): [name: string, value: string | undefined] => {
  const at = pair.findIndex(({ char, literal }) => char === '=' && !literal);
  return at === -1 ? [textOf(pair), undefined] : [textOf(pair.slice(0, at)), textOf(pair.slice(at + 1))];
};

const textOf = (marks: readonly Mark[]): string => {
  const counts = ({ char, literal }: Mark): boolean => literal || char.trim() !== '';
  const kept = marks.slice(Math.max(0, marks.findIndex(counts)), marks.findLastIndex(counts) + 1);
  return kept.map(({ char }) => char).join('');
};

const invalid = (detail: string) => agentError('AZCM0023', `--tags: ${detail}`);
