import { armError } from '@holdfast/arm';
import type { Operation } from '@holdfast/contracts';
import { type Exchange, pathOf } from '../exchange.ts';

/** Refuses what no operation answers, in ARM's words for the nearest miss. */
export const findOperation =
  (operations: readonly Operation[]) =>
  (exchange: Exchange): void => {
    if (exchange.operation !== undefined) return;
    const path = pathOf(exchange.request);
    const allowed = methodsAt(operations, path);
    if (allowed.length > 0) {
      throw armError('MethodNotAllowed', { method: exchange.request.method, path, allowed: allowed.join(', ') });
    }
    throw (
      missingProvider(operations, exchange, path) ?? armError('PathNotFound', { method: exchange.request.method, path })
    );
  };

/** The methods that operations answer at a path. */
export const methodsAt = (operations: readonly Operation[], path: string): readonly string[] =>
  operations.filter((each) => templateMatches(each.path, path)).map((each) => each.method);

const templateMatches = (template: string, path: string): boolean => {
  const wanted = template.toLowerCase().split('/');
  const given = path.toLowerCase().split('/');
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at]);
};

const missingProvider = (operations: readonly Operation[], exchange: Exchange, path: string) => {
  const namespace = /\/providers\/([^/]+)/i.exec(path)?.[1];
  if (namespace === undefined) return undefined;
  const known = operations.some((each) => each.path.toLowerCase().includes(`/providers/${namespace.toLowerCase()}/`));
  if (!known) return armError('InvalidResourceNamespace', { namespace });
  return armError('InvalidResourceType', { namespace, version: exchange.query.get('api-version') ?? '' });
};
