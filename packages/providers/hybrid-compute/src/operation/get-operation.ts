import { armError, type LongRunningOperation, locationOf, parseSubscriptionId } from '@holdfast/arm';
import type { Handler, machineOperations, Principal, RequestContext } from '@holdfast/contracts';
import { parseUuid, type Uuid, unwrap } from '@holdfast/kernel';
import type { LongRunningOperations } from '../machine/machine-store.ts';
import { operationLinks } from './operation-links.ts';

type GetStatus = typeof machineOperations.HybridComputeOperations_GetStatus;
type GetResult = typeof machineOperations.HybridComputeOperations_GetResult;
interface Dependencies {
  readonly operations: LongRunningOperations;
}

/** How the operation stands; always 200. A finished one carries what it made. */
export const getOperationStatus =
  ({ operations }: Dependencies): Handler<GetStatus> =>
  async ({ context, parameters }) => {
    const operation = await requireOperation(operations, context.caller, parameters);
    const { id, state, startedAt, endedAt, result, error } = operation;
    const body = {
      id: `/subscriptions/${parameters.subscriptionId}/providers/Microsoft.HybridCompute/locations/${parameters.location}/operationstatus/${id}`,
      name: id,
      status: state,
      startTime: startedAt.toISOString(),
      ...(endedAt !== undefined && { endTime: endedAt.toISOString() }),
      ...(error !== undefined && { error }),
      ...(state === 'Succeeded' && result?.body !== undefined && { properties: result.body }),
    };
    const headers = state === 'InProgress' ? linksOf(context, parameters, id) : {};
    return { status: 200, body, headers };
  };

/** 202 while it runs, then what the synchronous call would have answered. */
export const getOperationOutcome =
  ({ operations }: Dependencies): Handler<GetResult> =>
  async ({ context, parameters }) => {
    const operation = await requireOperation(operations, context.caller, parameters);
    if (operation.result !== undefined) return operation.result;
    return { status: 202, headers: linksOf(context, parameters, operation.id) };
  };

interface Parameters {
  readonly subscriptionId: string;
  readonly location: string;
  readonly operationId: string;
}

const requireOperation = async (
  operations: LongRunningOperations,
  caller: Principal,
  parameters: Parameters,
): Promise<LongRunningOperation> => {
  const id = parseUuid(parameters.operationId);
  const subscriptionId = unwrap(parseSubscriptionId(parameters.subscriptionId));
  const owner = { tenantId: caller.tenantId, subscriptionId, principalId: caller.objectId };
  const operation = id.ok ? await operations.find(owner, id.value) : undefined;
  if (operation === undefined) throw armError('OperationNotFound', { id: parameters.operationId });
  return operation;
};

const linksOf = (
  context: Pick<RequestContext<Principal>, 'origin' | 'apiVersion'>,
  parameters: Parameters,
  operationId: Uuid,
) =>
  operationLinks({
    origin: context.origin,
    apiVersion: context.apiVersion,
    subscriptionId: unwrap(parseSubscriptionId(parameters.subscriptionId)),
    location: locationOf(parameters.location),
    operationId,
  });
