export type Level = 'info' | 'warning' | 'error';
export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One line of logfmt with its line feed; text of foreign origin can neither end the line nor drive a terminal. */
export const logfmtLine = (at: Date, level: Level | 'fatal', fields: Fields): string => {
  const pairs = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [`${key}=${quoted(String(value))}`],
  );
  return `${[`time=${at.toISOString()}`, `level=${level}`, ...pairs].join(' ')}\n`;
};

const plain = /^[\w.:/@+,;()[\]-]+$/;
const longestValue = 4096;

const quoted = (value: string): string => {
  const text = value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
  return plain.test(text) ? text : JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029]/g, codePoint);
};

const codePoint = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
