import type { Role } from '@holdfast/authorization';
import type { Place } from '../place/place.ts';
import { formatRoleId } from './role-definition-id.ts';

export const roleDefinitionToWire = (role: Role, place: Place) => ({
  id: formatRoleId(role.id, place),
  name: role.id,
  type: 'Microsoft.Authorization/roleDefinitions',
  properties: {
    roleName: role.name,
    type: 'BuiltInRole',
    description: role.description,
    assignableScopes: ['/'],
    permissions: [
      {
        actions: role.actions,
        notActions: role.notActions,
        dataActions: role.dataActions,
        notDataActions: role.notDataActions,
      },
    ],
  },
});
