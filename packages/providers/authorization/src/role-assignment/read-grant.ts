import { armError } from '@holdfast/arm';
import type { ScopedRequest, scopedRoleOperations } from '@holdfast/contracts';
import { parseUuid, type Uuid } from '@holdfast/kernel';
import type { Principals, PrincipalType } from '../principals.ts';
import { findRoleById } from '../role-definition/role-definition-id.ts';
import type { RoleAssignment } from './role-assignment.ts';
import { compact } from './role-assignment-id.ts';

type Body = ScopedRequest<typeof scopedRoleOperations.RoleAssignments_Create>['body'];

/** What a body asks to grant, to whom: both must exist, and what would narrow the grant is refused rather than ignored. */
export const readGrant = async (
  { properties }: Body,
  principals: Principals,
  tenantId: Uuid,
): Promise<Pick<RoleAssignment, 'roleId' | 'principalId' | 'principalType' | 'description'>> => {
  refuseUnsupported(properties);
  const role = findRoleById(properties.roleDefinitionId);
  if (role === undefined) throw armError('AssignedRoleDoesNotExist', { id: properties.roleDefinitionId });
  const principal = await requirePrincipal(principals, tenantId, properties);
  return { roleId: role.id, ...principal, description: properties.description ?? undefined };
};

const unsupported = ['condition', 'delegatedManagedIdentityResourceId', 'canDelegate'] as const;

const refuseUnsupported = (properties: Body['properties']): void => {
  const property = unsupported.find((name) => Boolean(properties[name]));
  if (property === undefined) return;
  throw armError('RoleAssignmentPropertyUnsupported', { property }, { target: `properties.${property}` });
};

const requirePrincipal = async (
  principals: Principals,
  tenantId: Uuid,
  { principalId, principalType: specified }: Body['properties'],
): Promise<{ principalId: Uuid; principalType: PrincipalType }> => {
  const id = parseUuid(principalId);
  const principal = id.ok ? await principals.find(tenantId, id.value) : undefined;
  if (!id.ok || principal === undefined)
    throw armError('PrincipalNotFound', { id: compact(principalId), tenant: tenantId });
  const type = principal.kind;
  if ((specified ?? type).toLowerCase() !== type.toLowerCase())
    throw armError('UnmatchedPrincipalType', { id: compact(id.value), type, specified: specified ?? type });
  return { principalId: id.value, principalType: type };
};
