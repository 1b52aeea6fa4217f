import { armError, rootScope, scopeOf } from '@holdfast/arm';
import { decide, grantedScopes, type Question } from '@holdfast/authorization';
import type { Operation, Principal } from '@holdfast/contracts';
import type { Exchange } from '../exchange.ts';
import type { AccessReader } from '../ports.ts';

/** The operation's action must be granted at the request's scope. */
export const authorize =
  (access: AccessReader) =>
  async (exchange: Exchange): Promise<void> => {
    const question = await questionOf(access, exchange);
    if (!decide(question).allowed) throw refusal(exchange, question);
  };

/** The action must be granted at the scope or below it; the answer is limited to those places. */
export const authorizeFiltered =
  (access: AccessReader) =>
  async (exchange: Exchange): Promise<void> => {
    const question = await questionOf(access, exchange);
    const granted = grantedScopes(question);
    // At the root there is nothing to hide: whoever holds no grant sees an empty list.
    if (granted.length === 0 && question.scope !== rootScope) throw refusal(exchange, question);
    exchange.visibility = granted.includes(question.scope) ? 'everything' : granted;
  };

const questionOf = async (access: AccessReader, exchange: Exchange): Promise<Question> => {
  const caller = exchange.caller as Principal;
  const { action, path, scope = path } = exchange.operation as Operation;
  const [assignments, roles] = await Promise.all([
    access.assignmentsOf(caller.tenantId, caller.objectId),
    access.roles(caller.tenantId),
  ]);
  const { parameters } = exchange.request;
  return {
    assignments,
    roles,
    action,
    scope: scopeOf(scope.replace(/\{(\w+)\}/g, (_, name) => parameters[name] ?? '')),
  };
};

const refusal = (exchange: Exchange, { action, scope }: Question) => {
  const { name, objectId } = exchange.caller as Principal;
  return armError('AuthorizationFailed', { name, objectId, action: action ?? 'read', scope });
};
