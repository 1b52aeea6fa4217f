import { parseApiVersion } from '@holdfast/arm';
import { unwrap } from '@holdfast/kernel';
import type { Exchange } from '../exchange.ts';

/** Reads the query and the api-version. Query names are case-insensitive; `+` and `%20` are both spaces. */
export const parseTarget = (exchange: Exchange): void => {
  const mark = exchange.request.url.indexOf('?');
  const query = new Map<string, string>();
  if (mark !== -1) {
    for (const [name, value] of new URLSearchParams(exchange.request.url.slice(mark + 1))) {
      query.set(name.toLowerCase(), value);
    }
  }
  exchange.query = query;
  const support = exchange.operation?.versions;
  if (support !== undefined) exchange.apiVersion = unwrap(parseApiVersion(query.get('api-version'), support));
};
