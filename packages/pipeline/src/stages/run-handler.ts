import { apiVersion } from '@holdfast/arm';
import type { Answer, Handler, Operation, OperationRequest } from '@holdfast/contracts';
import { type Exchange, headerOf } from '../exchange.ts';
import type { HandlerSource, HandlerTable } from '../ports.ts';

/** Hands the parsed request to its handler, in a transaction when it writes. */
export const runHandler =
  (source: HandlerSource, origin: string) =>
  async (exchange: Exchange): Promise<void> => {
    const operation = exchange.operation as Operation;
    const request = requestOf(exchange, origin);
    const run = (handlers: HandlerTable): Promise<Answer> => (handlers[operation.id] as Handler<Operation>)(request);
    exchange.answer = operation.effect === 'write' ? await source.write(run) : await run(source.read);
  };

const requestOf = (exchange: Exchange, origin: string): OperationRequest =>
  ({
    context: {
      now: exchange.now,
      correlationId: exchange.correlationId,
      caller: exchange.caller,
      apiVersion: exchange.apiVersion ?? apiVersion(''),
      origin,
      visibility: exchange.visibility,
      may: exchange.may,
      conditions: {
        ifMatch: headerOf(exchange.request, 'if-match'),
        ifNoneMatch: headerOf(exchange.request, 'if-none-match'),
      },
    },
    parameters: exchange.request.parameters,
    query: exchange.query,
    body: exchange.body,
  }) as OperationRequest;
