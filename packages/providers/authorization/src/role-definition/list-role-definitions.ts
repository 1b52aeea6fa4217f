import { builtInRoles, type Role } from '@holdfast/authorization';
import type { ScopedHandler, scopedRoleOperations } from '@holdfast/contracts';
import { unwrap } from '@holdfast/kernel';
import { literal, parseFilter } from '../filter-terms.ts';
import { placeOf } from '../place/place.ts';
import { type Places, requirePlace } from '../place/places.ts';
import { roleDefinitionToWire } from './role-definition-wire.ts';

/** Every role that can be granted at the scope. */
export const listRoleDefinitions =
  ({ places }: { places: Places }): ScopedHandler<typeof scopedRoleOperations.RoleDefinitions_List> =>
  async ({ context, parameters, query }) => {
    const place = placeOf(parameters);
    await requirePlace(places, context.caller.tenantId, place);
    const roles = builtInRoles.filter(fits(query.get('$filter')));
    return { status: 200, body: { value: roles.map((role) => roleDefinitionToWire(role, place)) } };
  };

const terms = {
  roleName: { pattern: new RegExp(`^roleName\\s+eq\\s+${literal}`, 'i'), form: "roleName eq 'name'" },
  type: { pattern: new RegExp(`^type\\s+eq\\s+${literal}`, 'i'), form: "type eq 'BuiltInRole'" },
  // Roles that are defined below the scope: the built-in ones are defined at the root.
  below: { pattern: /^atScopeAndBelow\(\)/i, form: 'atScopeAndBelow()' },
};

const fits = (filter: string | undefined) => {
  const wanted = unwrap(parseFilter(filter, terms));
  const name = wanted.get('roleName')?.toLowerCase();
  const type = wanted.get('type')?.toLowerCase() ?? 'builtinrole';
  return (role: Role): boolean =>
    type === 'builtinrole' && (name ?? role.name.toLowerCase()) === role.name.toLowerCase();
};
