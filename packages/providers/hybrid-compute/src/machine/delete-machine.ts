import { etagOf, failedCondition, isSince } from '@holdfast/arm';
import type { Answer, Handler, machineOperations, OperationRequest } from '@holdfast/contracts';
import { newUuid, type Random } from '@holdfast/kernel';
import { operationLinks } from '../operation/operation-links.ts';
import type { Machine } from './machine.ts';
import { type MachineStores, machineIdOf } from './machine-id.ts';
import type { LongRunningOperations, ManagedIdentities } from './machine-store.ts';

type Delete = typeof machineOperations.Machines_Delete;

export interface DeleteMachineDependencies extends MachineStores {
  readonly identities: ManagedIdentities;
  readonly operations: LongRunningOperations;
  readonly random: Random;
}

/** Deletes the machine, its identity and what was granted to it. An absent machine is 204 whatever is missing above it. */
export const deleteMachine =
  (dependencies: DeleteMachineDependencies): Handler<Delete> =>
  async (request) => {
    const { machines, identities } = dependencies;
    const { tenantId } = request.context.caller;
    const machine = await machines.find(tenantId, machineIdOf(request.parameters), { lock: true });
    if (machine === undefined) return { status: 204 };
    const failure = failedCondition(request.context.conditions, etagOf(machine.version));
    if (failure !== undefined) throw failure;
    await machines.delete(machine);
    await identities.delete(tenantId, machine.identity.principalId);
    return answer(dependencies, request, machine);
  };

/** Since 2025-01-13 a deletion is a long-running operation; ours is finished when it is announced. */
const answer = async (
  { operations, random }: DeleteMachineDependencies,
  { context }: OperationRequest<Delete>,
  machine: Machine,
): Promise<Answer> => {
  const { apiVersion, caller, now, origin } = context;
  if (!isSince(apiVersion, '2025-01-13')) return { status: 200 };
  const { subscriptionId } = machine.id;
  const operationId = newUuid(random);
  const owner = { tenantId: caller.tenantId, subscriptionId, principalId: caller.objectId };
  const done = { state: 'Succeeded', startedAt: now, endedAt: now, result: { status: 200 }, error: undefined } as const;
  await operations.insert(owner, { id: operationId, ...done });
  const { location } = machine;
  return { status: 202, headers: operationLinks({ origin, subscriptionId, location, operationId, apiVersion }) };
};
