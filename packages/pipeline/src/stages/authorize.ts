import { armError, rootScope, scopeOf } from '@holdfast/arm';
import { decide, grantedScopes, type Question } from '@holdfast/authorization';
import type { Operation, Principal } from '@holdfast/contracts';
import type { Exchange } from '../exchange.ts';
import type { AccessReader } from '../ports.ts';

/** The operation's action must be granted at the request's scope. */
export const authorize =
  (access: AccessReader) =>
  async (exchange: Exchange): Promise<void> => {
    if (!decide(await questionOf(access, exchange)).allowed) throw refusal(exchange);
  };

/** The action must be granted at the scope or below it; the answer is limited to those places. */
export const authorizeFiltered =
  (access: AccessReader) =>
  async (exchange: Exchange): Promise<void> => {
    const question = await questionOf(access, exchange);
    const granted = grantedScopes(question);
    // At the root there is nothing to hide: whoever holds no grant sees an empty list.
    if (granted.length === 0 && question.scope !== rootScope) throw refusal(exchange);
    exchange.visibility = granted.includes(question.scope) ? 'everything' : granted;
  };

const questionOf = async (access: AccessReader, exchange: Exchange): Promise<Question> => {
  const caller = exchange.caller as Principal;
  const [assignments, roles] = await Promise.all([
    access.assignmentsOf(caller.tenantId, caller.objectId),
    access.roles(caller.tenantId),
  ]);
  return { assignments, roles, action: exchange.operation?.action, scope: scopeOf(placeOf(exchange)) };
};

/** Where the action must be granted, with names as the caller spelled them. */
const placeOf = ({ operation, request: { parameters } }: Exchange): string => {
  const { path, scope = path } = operation as Operation;
  return scope.replace(/\{(\w+)\}/g, (_, name) => parameters[name] ?? '');
};

const refusal = (exchange: Exchange) => {
  const { name, objectId } = exchange.caller as Principal;
  const action = exchange.operation?.action ?? 'read';
  return armError('AuthorizationFailed', { name, objectId, action, scope: placeOf(exchange) });
};
