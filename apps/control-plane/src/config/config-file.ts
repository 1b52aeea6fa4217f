import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { ConfigError } from './config-error.ts';
import { settingDescriptions } from './settings.ts';

/** The settings of a YAML or JSON file as text by key. Unknown and repeated keys are refused with their position. */
export const readConfigFile = (file: string): Readonly<Record<string, unknown>> => {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines });
  const [fault] = document.errors;
  if (fault !== undefined) throw new ConfigError(`${file}: ${fault.message}`);
  if (document.contents === null) return {};
  if (!isMap(document.contents)) throw new ConfigError(`${file}: a map of settings is needed`);
  const values: Record<string, unknown> = {};
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (!settingDescriptions.some((each) => each.key === name)) {
      const { line, col } = lines.linePos(isScalar(key) ? (key.range?.[0] ?? 0) : 0);
      throw new ConfigError(`${file}:${line}:${col}: unknown setting '${name}'.${suggestion(name)}`);
    }
    values[name] = (value as { toJSON(): unknown } | null)?.toJSON();
  }
  return values;
};

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`the config file ${file} cannot be read: ${(cause as Error).message}`);
  }
};

const suggestion = (name: string): string => {
  const near = settingDescriptions.find(({ key }) => key.toLowerCase() === name.replace(/[-_]/g, '').toLowerCase());
  const known = settingDescriptions.map(({ key }) => key).join(', ');
  return near === undefined ? ` Known settings: ${known}` : ` Did you mean '${near.key}'?`;
};
