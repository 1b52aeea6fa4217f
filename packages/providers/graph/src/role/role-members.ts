import { done } from '../answers/entity-answer.ts';
import { referencedObject } from '../directory-object/referenced-object.ts';
import { idOf, notFound } from '../directory-object/require-object.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphDependencies } from '../stores.ts';
import { assignRole, unassignRole } from './assign-role.ts';
import { requireRole } from './require-role.ts';

export const addRoleMember =
  (dependencies: GraphDependencies): GraphHandler<'DirectoryRoles_AddMember'> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    const role = requireRole(parameters.id);
    const kinds = ['user', 'group', 'servicePrincipal'] as const;
    const { id: principalId } = await referencedObject(dependencies, { tenantId, body, kinds });
    await assignRole(dependencies, { context, role, principalId });
    return done;
  };

export const removeRoleMember =
  (dependencies: GraphDependencies): GraphHandler<'DirectoryRoles_RemoveMember'> =>
  async ({ context, parameters }) => {
    const role = requireRole(parameters.id);
    if (await unassignRole(dependencies, { context, role, principalId: idOf(parameters.memberId) })) return done;
    throw notFound(parameters.memberId);
  };
