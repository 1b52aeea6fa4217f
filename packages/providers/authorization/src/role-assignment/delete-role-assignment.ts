import type { ScopedHandler, scopedRoleOperations } from '@holdfast/contracts';
import { placeOf } from '../place/place.ts';
import { findAt } from './get-role-assignment.ts';
import type { RoleAssignmentStore } from './role-assignment.ts';
import { assignmentIdOf } from './role-assignment-id.ts';
import { roleAssignmentToWire } from './role-assignment-wire.ts';

/** Takes a grant back; in a disabled subscription as well, where nothing else can be changed. */
export const deleteRoleAssignment =
  ({
    assignments,
  }: {
    assignments: RoleAssignmentStore;
  }): ScopedHandler<typeof scopedRoleOperations.RoleAssignments_Delete> =>
  async ({ context, parameters }) => {
    const { tenantId } = context.caller;
    const [id, place] = [assignmentIdOf(parameters), placeOf(parameters)];
    const found = await findAt(assignments, { tenantId, id, place });
    if (found === undefined || !(await assignments.delete(tenantId, id))) return { status: 204 };
    return { status: 200, body: roleAssignmentToWire(found, place) };
  };
