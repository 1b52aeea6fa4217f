import { armError } from '@holdfast/arm';
import type { ScopedHandler, scopedRoleOperations } from '@holdfast/contracts';
import { placeOf } from '../place/place.ts';
import { type Places, requirePlace } from '../place/places.ts';
import { findRoleByName } from './role-definition-id.ts';
import { roleDefinitionToWire } from './role-definition-wire.ts';

export const getRoleDefinition =
  ({ places }: { places: Places }): ScopedHandler<typeof scopedRoleOperations.RoleDefinitions_Get> =>
  async ({ context, parameters }) => {
    const place = placeOf(parameters);
    await requirePlace(places, context.caller.tenantId, place);
    const role = findRoleByName(parameters.roleDefinitionId);
    if (role === undefined) throw armError('RoleDefinitionDoesNotExist', { id: parameters.roleDefinitionId });
    return { status: 200, body: roleDefinitionToWire(role, place) };
  };
