import { armError, isSince } from '@holdfast/arm';
import type { ScopedHandler, ScopedRequest, scopedRoleOperations } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import { type Place, placeOf } from '../place/place.ts';
import { type Places, requireWritablePlace } from '../place/places.ts';
import type { Principals } from '../principals.ts';
import { readGrant } from './read-grant.ts';
import type { RoleAssignment, RoleAssignmentStore } from './role-assignment.ts';
import { assignmentIdOf, compact } from './role-assignment-id.ts';
import { roleAssignmentToWire } from './role-assignment-wire.ts';

type Put = typeof scopedRoleOperations.RoleAssignments_Create;

interface Dependencies {
  readonly places: Places;
  readonly principals: Principals;
  readonly assignments: RoleAssignmentStore;
}

/** Makes a grant. Of one that is there under its name only the description can change. */
export const putRoleAssignment =
  (dependencies: Dependencies): ScopedHandler<Put> =>
  async (request) => {
    const { places, assignments } = dependencies;
    const { context, parameters } = request;
    const { tenantId } = context.caller;
    const [id, place] = [assignmentIdOf(parameters), placeOf(parameters)];
    await requireWritablePlace(places, tenantId, place);
    const wanted = await wantedAssignment(dependencies, request, { id, place });
    const existing = await assignments.find(tenantId, id, { lock: true });
    if (existing === undefined && (await assignments.insert(wanted)))
      return { status: 201, body: roleAssignmentToWire(wanted, place) };
    const kept = await replace(assignments, existing ?? (await winner(assignments, wanted)), wanted);
    // The published contracts before 2022-04-01 know no 200.
    return { status: isSince(context.apiVersion, '2022-04-01') ? 200 : 201, body: roleAssignmentToWire(kept, place) };
  };

const wantedAssignment = async (
  { principals }: Dependencies,
  { context, body }: ScopedRequest<Put>,
  { id, place }: { id: Uuid; place: Place },
): Promise<RoleAssignment> => {
  const { tenantId, objectId } = context.caller;
  const grant = await readGrant(body, principals, tenantId);
  const made = { createdAt: context.now, createdBy: objectId, updatedAt: context.now, updatedBy: objectId };
  return { id, tenantId, scope: place.scope, place: place.text, ...grant, ...made };
};

/** What was there first: another writer's grant under the same name, or the error about the same grant under another. */
const winner = async (assignments: RoleAssignmentStore, wanted: RoleAssignment): Promise<RoleAssignment> => {
  const sameName = await assignments.find(wanted.tenantId, wanted.id, { lock: true });
  if (sameName !== undefined) return sameName;
  const id = await assignments.findEqual(wanted);
  throw armError('RoleAssignmentExists', { id: compact(id ?? wanted.id) });
};

const replace = async (
  assignments: RoleAssignmentStore,
  existing: RoleAssignment,
  wanted: RoleAssignment,
): Promise<RoleAssignment> => {
  const { roleId, principalId, scope, description, updatedAt, updatedBy } = wanted;
  if (existing.roleId !== roleId || existing.principalId !== principalId || existing.scope !== scope)
    throw armError('RoleAssignmentUpdateNotPermitted', {});
  if (existing.description === description) return existing;
  const changed = { ...existing, description, updatedAt, updatedBy };
  await assignments.update(changed);
  return changed;
};
