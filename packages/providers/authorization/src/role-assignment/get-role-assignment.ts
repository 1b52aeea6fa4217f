import { armError } from '@holdfast/arm';
import type { ScopedHandler, scopedRoleOperations } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import { type Place, placeOf } from '../place/place.ts';
import type { RoleAssignment, RoleAssignmentStore } from './role-assignment.ts';
import { assignmentIdOf } from './role-assignment-id.ts';
import { roleAssignmentToWire } from './role-assignment-wire.ts';

export const getRoleAssignment =
  ({
    assignments,
  }: {
    assignments: RoleAssignmentStore;
  }): ScopedHandler<typeof scopedRoleOperations.RoleAssignments_Get> =>
  async ({ context, parameters }) => {
    const [id, place] = [assignmentIdOf(parameters), placeOf(parameters)];
    const found = await findAt(assignments, { tenantId: context.caller.tenantId, id, place });
    if (found === undefined) throw armError('RoleAssignmentNotFound', { id });
    return { status: 200, body: roleAssignmentToWire(found, place) };
  };

/**
 * The grant of that id at that place. The caller's own right was asked for there and nowhere else: a grant elsewhere is
 * none of theirs, whoever knows its id.
 */
export const findAt = async (
  assignments: RoleAssignmentStore,
  { tenantId, id, place }: { tenantId: Uuid; id: Uuid; place: Place },
): Promise<RoleAssignment | undefined> => {
  const found = await assignments.find(tenantId, id);
  return found?.scope === place.scope ? found : undefined;
};
