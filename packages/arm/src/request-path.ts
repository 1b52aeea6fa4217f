/**
 * The path of a request target as every client's spelling of it: repeated slashes collapsed, no trailing
 * slash. This happens before the target is read as a URL, where `//subscriptions/x` would name a host.
 */
export const normalisePath = (target: string): string => {
  const query = target.indexOf('?');
  const path = query === -1 ? target : target.slice(0, query);
  const clean = path.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
  return query === -1 ? clean : clean + target.slice(query);
};
