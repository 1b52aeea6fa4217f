import { armError, parseSubscriptionId } from '@holdfast/arm';
import type { Handler, resourceGroupOperations } from '@holdfast/contracts';
import { parseUuid, unwrap } from '@holdfast/kernel';
import type { LongRunningOperations } from './resource-group.ts';

/** What a long-running operation of ARM itself ended with. Only its starter may ask. */
export const getOperationResult =
  ({
    operations,
  }: {
    operations: LongRunningOperations;
  }): Handler<typeof resourceGroupOperations.Operations_GetResult> =>
  async ({ context, parameters }) => {
    const subscriptionId = unwrap(parseSubscriptionId(parameters.subscriptionId));
    const id = parseUuid(parameters.operationId);
    const { tenantId, objectId } = context.caller;
    const operation = id.ok
      ? await operations.find({ tenantId, subscriptionId, principalId: objectId }, id.value)
      : undefined;
    if (operation === undefined) throw armError('OperationNotFound', { id: parameters.operationId });
    return operation.result ?? { status: 202, headers: { 'retry-after': '1' } };
  };
