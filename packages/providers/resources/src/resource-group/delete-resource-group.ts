import { etagOf, failedCondition } from '@holdfast/arm';
import type { Handler, resourceGroupOperations } from '@holdfast/contracts';
import { newUuid, type Random } from '@holdfast/kernel';
import { type GroupStores, requireGroup } from './get-resource-group.ts';
import type { LongRunningOperations } from './resource-group.ts';
import { groupIdOf } from './resource-group-wire.ts';

/** Seconds that clients are asked to wait before they poll. */
export const pollAfterSeconds = 1;

/**
 * Deletes the group with everything in it, in this one transaction: when the answer arrives the work is done, and
 * the operation it names exists for the clients that poll.
 */
export const deleteResourceGroup =
  (
    dependencies: GroupStores & {
      operations: LongRunningOperations;
      random: Random;
    },
  ): Handler<typeof resourceGroupOperations.ResourceGroups_Delete> =>
  async ({ context, parameters }) => {
    const { groups, operations, random } = dependencies;
    const { tenantId, objectId } = context.caller;
    const id = groupIdOf(parameters);
    const group = await requireGroup(dependencies, { tenantId, id, lock: true });
    const failure = failedCondition(context.conditions, etagOf(group.version));
    if (failure !== undefined) throw failure;
    await groups.delete(group);
    const { subscriptionId } = id;
    const owner = { tenantId, subscriptionId, principalId: objectId };
    const operationId = newUuid(random);
    const done = { state: 'Succeeded', startedAt: context.now, endedAt: context.now, error: undefined } as const;
    await operations.insert(owner, { id: operationId, ...done, result: { status: 200 } });
    const location = `${context.origin}/subscriptions/${subscriptionId}/operationresults/${operationId}?api-version=${context.apiVersion}`;
    return { status: 202, headers: { location, 'retry-after': String(pollAfterSeconds) } };
  };
