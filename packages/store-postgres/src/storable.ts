/**
 * Text as PostgreSQL can hold it: without NUL and without halves of surrogate pairs. Servers report whatever their
 * firmware says, and one such character must not fail a statement that carries the beats of many machines.
 */
export const storableText = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** Whether text can stand in the database as it is; a question for any other text is answered without asking. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** `storableText` for every text inside a value, as JSON text. */
export const storableJson = (value: unknown): string => {
  const json = JSON.stringify(value);
  return suspicious.test(json) ? JSON.stringify(value, cleaned) : json;
};

// JSON.stringify escapes exactly the characters in question (ECMA-262 section 25.5.2.3); a hit may also be an innocent
// backslash before such letters, which cleaning leaves alone.
const suspicious = /\\u(?:0000|d[89a-f])/;

const cleaned = (_key: string, value: unknown): unknown => {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [storableText(name), each]));
};
