import type { graphOperations, Handler, OperationRequest } from '@holdfast/contracts';

export type GraphOperationId = keyof typeof graphOperations;

/** The handler of one of the directory's operations. */
export type GraphHandler<Id extends GraphOperationId> = Handler<(typeof graphOperations)[Id]>;

export type GraphRequest<Id extends GraphOperationId> = OperationRequest<(typeof graphOperations)[Id]>;
