import type { LongRunningOperation } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { LongRunningOperations, OperationOwner } from '@holdfast/provider-resources';
import type { Selectable } from 'kysely';
import type { Handle } from '../handle.ts';
import type { LongRunningOperationRow } from '../rows.ts';
import { storableJson } from '../storable.ts';

export const createLongRunningOperationStore = (db: Handle): LongRunningOperations => ({
  insert: (owner, operation) => insert(db, owner, operation),
  find: (owner, id) => find(db, owner, id),
});

const insert = async (db: Handle, owner: OperationOwner, operation: LongRunningOperation): Promise<void> => {
  const body = operation.result?.body;
  await db
    .insertInto('long_running_operation')
    .values({
      tenant_id: owner.tenantId,
      subscription_id: owner.subscriptionId,
      principal_id: owner.principalId,
      operation_id: operation.id,
      state: operation.state,
      started_at: operation.startedAt,
      ended_at: operation.endedAt ?? null,
      result_status: operation.result?.status ?? null,
      result_body: body === undefined ? null : storableJson(body),
      error_code: operation.error?.code ?? null,
      error_message: operation.error?.message ?? null,
    })
    .execute();
};

const find = async (db: Handle, owner: OperationOwner, id: Uuid): Promise<LongRunningOperation | undefined> => {
  const row = await db
    .selectFrom('long_running_operation as operation')
    .select(['operation.operation_id', 'operation.state', 'operation.started_at', 'operation.ended_at'])
    .select(['operation.result_status', 'operation.result_body', 'operation.error_code', 'operation.error_message'])
    .where('operation.tenant_id', '=', owner.tenantId)
    .where('operation.operation_id', '=', id)
    .where('operation.subscription_id', '=', owner.subscriptionId)
    .where('operation.principal_id', '=', owner.principalId)
    .executeTakeFirst();
  return row && operationOf(row);
};

type Row = Omit<Selectable<LongRunningOperationRow>, 'tenant_id' | 'subscription_id' | 'principal_id'>;

const operationOf = (row: Row): LongRunningOperation => ({
  id: row.operation_id,
  state: row.state,
  startedAt: row.started_at,
  endedAt: row.ended_at ?? undefined,
  result: resultOf(row),
  error:
    row.error_code === null || row.error_message === null
      ? undefined
      : { code: row.error_code, message: row.error_message },
});

const resultOf = (row: Row): LongRunningOperation['result'] => {
  if (row.result_status === null) return undefined;
  return { status: row.result_status, ...(row.result_body !== null && { body: row.result_body }) };
};
