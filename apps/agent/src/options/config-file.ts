import { isMap, isScalar, parseDocument, type Scalar } from 'yaml';
import { agentError } from '../agent-error.ts';
import { allOptions, type CliOption } from './option-table.ts';
import type { OptionMap } from './option-values.ts';

/**
 * A --config file: a JSON or YAML map of long option names to values. Texts of errors name keys and places, never
 * what stands there: it may be a secret.
 * @throws AZCM0023 for a file that is no such map
 */
export const parseConfigFile = (text: string): OptionMap => {
  // JSON is YAML. Pretty errors would quote the line they complain about.
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined)
    throw invalid(`it is neither JSON nor YAML: ${fault.code} at ${placeIn(text, fault.pos[0])}`);
  if (document.contents === null) return new Map();
  if (!isMap(document.contents)) throw invalid('it must be a map of option names to values');
  const values = new Map<string, string | boolean>();
  for (const { key, value } of document.contents.items) {
    const option = optionOf(isScalar(key) ? key.value : undefined);
    if (!isScalar(value)) throw invalid(`'${option.name}' must be a single value`);
    if (value.value !== null) values.set(option.name, parseValue(option, value));
  }
  return values;
};

const optionOf = (key: unknown): CliOption => {
  const option = allOptions.find(({ name }) => name === key && name !== 'config');
  if (option !== undefined) return option;
  const known = [...new Set(allOptions.map(({ name }) => name))].filter((name) => name !== 'config').sort();
  throw invalid(`there is no option '${String(key)}'. Options: ${known.join(', ')}`);
};

const parseValue = (option: CliOption, scalar: Scalar): string | boolean => {
  // A number keeps the digits that were written: 0123 is a good secret.
  const text = typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value));
  if (option.value !== undefined) return text;
  if (text.toLowerCase() === 'true' || text.toLowerCase() === 'false') return text.toLowerCase() === 'true';
  throw invalid(`'${option.name}' must be true or false`);
};

const placeIn = (text: string, position: number): string => {
  const lines = text.slice(0, position).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
};

const invalid = (detail: string) => agentError('AZCM0023', `the --config file cannot be used: ${detail}`);
