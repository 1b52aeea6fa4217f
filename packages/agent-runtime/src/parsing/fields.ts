/** Thrown by the readers below; the message names the field and holds no value. */
export class FieldError extends Error {}

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown, what: string): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FieldError(`${what} must be an object`);
  return value as Fields;
};

export const textIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  if (typeof value !== 'string') throw new FieldError(`'${name}' must be text`);
  return value;
};

export const textOrNullIn = (fields: Fields, name: string): string | null =>
  fields[name] === null || fields[name] === undefined ? null : textIn(fields, name);

export const numberIn = (fields: Fields, name: string): number => {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new FieldError(`'${name}' must be a number`);
  return value;
};

export const booleanIn = (fields: Fields, name: string): boolean => {
  const value = fields[name];
  if (typeof value !== 'boolean') throw new FieldError(`'${name}' must be true or false`);
  return value;
};

/** An RFC 3339 time. */
export const timeIn = (fields: Fields, name: string): Date => {
  const at = new Date(textIn(fields, name));
  if (Number.isNaN(at.getTime())) throw new FieldError(`'${name}' must be a time`);
  return at;
};

/** An object of texts, such as tags. */
export const textsIn = (fields: Fields, name: string): Readonly<Record<string, string>> => {
  const held = fieldsOf(fields[name], `'${name}'`);
  for (const value of Object.values(held))
    if (typeof value !== 'string') throw new FieldError(`the values of '${name}' must be text`);
  return held as Readonly<Record<string, string>>;
};
