import { err, ok, type Result } from '@holdfast/kernel';
import { type ArmError, armError } from './arm-error.ts';

export type Tags = Readonly<Record<string, string>>;

const limits = { count: 50, name: 512, value: 256 };

/** ARM's rules for tags: at most 50, names unique without letter case and free of `<>%&\?/`. */
export const parseTags = (raw: Tags): Result<Tags, ArmError> => {
  const fault = faultOf(Object.entries(raw));
  return fault === undefined ? ok(raw) : err(armError('InvalidTag', { detail: fault }, { target: 'tags' }));
};

const faultOf = (tags: readonly (readonly [string, string])[]): string | undefined => {
  if (tags.length > limits.count) return `A resource can have at most ${limits.count} tags; ${tags.length} were given.`;
  const seen = new Set<string>();
  for (const [name, value] of tags) {
    if (name === '' || name.length > limits.name) return `A tag name must have 1 to ${limits.name} characters.`;
    if (/[<>%&\\?/]/.test(name)) return `The tag name '${name}' has a character that is not allowed: one of <>%&\\?/.`;
    if (value.length > limits.value) return `The value of the tag '${name}' has more than ${limits.value} characters.`;
    if (seen.has(name.toLowerCase()))
      return `The tag name '${name}' is given twice; names do not differ by letter case.`;
    seen.add(name.toLowerCase());
  }
  return undefined;
};
