import type { IdentityProvider } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';

export interface GroupChanges {
  readonly add: readonly Uuid[];
  readonly remove: readonly Uuid[];
}

/**
 * Which groups a person enters and leaves by what the provider says now. Only groups that the provider's mapping names
 * are touched; in those the provider's word is the last one. `current` are the person's direct groups.
 */
export const mapGroups = (
  { groupClaim, groups }: Pick<IdentityProvider, 'groupClaim' | 'groups'>,
  claims: Readonly<Record<string, unknown>>,
  current: readonly Uuid[],
): GroupChanges => {
  if (groupClaim === undefined || isElsewhere(claims, groupClaim)) return { add: [], remove: [] };
  // Own entries only: a value like `constructor` must not find what every object has.
  const wanted = new Set(valuesOf(claims, groupClaim).flatMap((value) => ownEntry(groups, value)));
  const mapped = new Set(Object.values(groups));
  return {
    add: [...wanted].filter((id) => !current.includes(id)),
    remove: [...mapped].filter((id) => current.includes(id) && !wanted.has(id)),
  };
};

/** Several values, or one; anything else counts as none. */
const valuesOf = (claims: Readonly<Record<string, unknown>>, name: string): readonly string[] => {
  const [value] = ownEntry(claims, name);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each) => typeof each === 'string');
};

/** Too many groups for the token: it says where to ask instead (OpenID Connect Core section 5.6.2; Entra ID does so). */
const isElsewhere = (claims: Readonly<Record<string, unknown>>, name: string): boolean => {
  const [elsewhere] = ownEntry(claims, '_claim_names');
  return typeof elsewhere === 'object' && elsewhere !== null && Object.hasOwn(elsewhere, name);
};

const ownEntry = <Value>(record: Readonly<Record<string, Value>>, name: string): readonly Value[] => {
  const value = Object.hasOwn(record, name) ? record[name] : undefined;
  return value === undefined ? [] : [value];
};
