import { err, ok, type Result } from '@holdfast/kernel';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The control plane's origin, without a trailing slash. Plain http is for a control plane on the machine itself:
 * signatures keep a stranger from acting as this machine, but not from reading along.
 */
export const parseEndpoint = (raw: string): Result<string, string> => {
  const url = URL.parse(raw);
  if (url === null) return err(`the endpoint '${raw}' is not a URL`);
  if (url.username !== '' || url.password !== '') return err('the endpoint must not carry credentials');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return err(`the endpoint '${raw}' must be an origin, without a path`);
  if (url.protocol === 'https:') return ok(url.origin);
  if (url.protocol === 'http:' && loopbackHosts.has(url.hostname)) return ok(url.origin);
  return err(`the endpoint '${raw}' must use https`);
};
