import { armError } from '@holdfast/arm';
import type { Condition } from '@holdfast/directory';
import { parseUuid } from '@holdfast/kernel';
import { type FilterTerm, parseFilter, unsupportedFilter } from './parse-filter.ts';

/** How a property may be asked for. `names` is a collection of texts. */
export interface FilterField<Field extends string> {
  readonly field: Field;
  readonly type: 'text' | 'id' | 'flag' | 'names';
}

export type FilterFields<Field extends string> = Readonly<Record<string, FilterField<Field>>>;

/** A `$filter` as conditions that the store knows; anything else is refused with what is supported there. */
export const conditionsOf = <Field extends string>(
  filter: string | undefined,
  fields: FilterFields<Field>,
): readonly Condition<Field>[] => {
  if (filter === undefined || filter.trim() === '') return [];
  return parseFilter(filter).map((term) => {
    const [name, known] = fieldNamed(term.name, fields);
    const condition = known && conditionOf(term, known);
    if (condition === undefined) throw unsupportedFilter(supportedBy(fields, name));
    return condition;
  });
};

const fieldNamed = <Field extends string>(
  given: string,
  fields: FilterFields<Field>,
): [string, FilterField<Field> | undefined] => {
  const name = Object.keys(fields).find((each) => each.toLowerCase() === given.toLowerCase());
  return [name ?? given, name === undefined ? undefined : fields[name]];
};

const conditionOf = <Field extends string>(
  term: FilterTerm,
  { field, type }: FilterField<Field>,
): Condition<Field> | undefined => {
  if (term.kind === 'any') return type === 'names' ? { field, operator: 'equals', value: term.value } : undefined;
  if (term.kind === 'startsWith')
    return type === 'text' ? { field, operator: 'startsWith', value: term.value } : undefined;
  const { operator, value } = term;
  if (type === 'flag' && typeof value === 'boolean' && (operator === 'eq' || operator === 'ne'))
    return { field, operator: 'equals', value: (operator === 'eq') === value };
  if (operator !== 'eq' || typeof value !== 'string' || type === 'names') return undefined;
  if (type === 'flag') return undefined;
  return { field, operator: 'equals', value: type === 'id' ? filterId(value) : value };
};

/** An id in a filter, as ids are kept. */
export const filterId = (text: string): string => {
  const id = parseUuid(text);
  if (!id.ok) throw armError('DirectoryBadRequest', { detail: `Invalid filter clause: '${text}' is not a GUID.` });
  return id.value;
};

const supportedBy = (fields: FilterFields<string>, name: string): string => {
  const forms = Object.entries(fields).map(([each, { type }]) => formOf[type](each));
  return `'${name}' cannot be asked for so. Supported here, connected by and: ${forms.join(', ')}.`;
};

const formOf = {
  text: (name: string) => `${name} eq 'text', startswith(${name},'text')`,
  id: (name: string) => `${name} eq 'id'`,
  flag: (name: string) => `${name} eq true`,
  names: (name: string) => `${name}/any(x:x eq 'text')`,
} as const;
