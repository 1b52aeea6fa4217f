import type { Role } from '@holdfast/authorization';
import { builtInRoles } from '@holdfast/authorization';
import { parseUuid } from '@holdfast/kernel';
import type { Place } from '../place/place.ts';

const type = 'Microsoft.Authorization/roleDefinitions';

/**
 * The id of a role as seen from a place: with the subscription when there is one. Clients find the role of a grant by
 * comparing texts, so a list of grants and a list of roles at one place must agree.
 */
export const formatRoleId = (roleId: string, { subscriptionId }: Pick<Place, 'subscriptionId'>): string =>
  `${subscriptionId === undefined ? '' : `/subscriptions/${subscriptionId}`}/providers/${type}/${roleId}`;

/** The role that a full id names. The place in it does not matter: built-in roles are everywhere. */
export const findRoleById = (fullId: string): Role | undefined => {
  const [, name] = /\/providers\/Microsoft\.Authorization\/roleDefinitions\/([^/]+)$/i.exec(fullId) ?? [];
  return findRoleByName(name ?? '');
};

/** The role of that GUID, which is what ARM calls a role's name. */
export const findRoleByName = (name: string): Role | undefined => {
  const id = parseUuid(name);
  return id.ok ? builtInRoles.find((role) => role.id === id.value) : undefined;
};
