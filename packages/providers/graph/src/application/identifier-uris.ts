import { armError } from '@holdfast/arm';
import type { Tenant } from '@holdfast/directory';

const longest = 255;

/** Whose names an application may go by. */
export interface NamingRules {
  readonly tenant: Tenant;
  /** Names of our own APIs, without a trailing slash. */
  readonly ownNames: readonly string[];
}

/**
 * The names by which tokens for an application may be asked. A name is somebody's word that a token is meant for them, so
 * nobody takes one of ours, nor a web address outside the tenant's domain.
 */
export const checkIdentifierUris = (uris: readonly string[], rules: NamingRules): readonly string[] => {
  const bad = uris.find((uri) => !isAllowed(uri, rules));
  if (bad === undefined) return [...new Set(uris)];
  throw armError('DirectoryBadRequest', {
    detail: `Values of identifierUris property must use a verified domain of the organization or its subdomain, or begin with api://, without a slash at the end: '${bad}' does not.`,
  });
};

const isAllowed = (uri: string, { tenant, ownNames }: NamingRules): boolean => {
  if (uri.length > longest || !/^(api|https):\/\/[\w.~!$&'()+,;=:@%/-]+$/i.test(uri) || uri.endsWith('/')) return false;
  if (!URL.canParse(uri)) return false;
  const lower = uri.toLowerCase();
  const { protocol, hostname, username, password } = new URL(lower);
  if (hostname === '' || username !== '' || password !== '') return false;
  if (ownNames.some((name) => lower === name.toLowerCase() || lower.startsWith(`${name.toLowerCase()}/`))) return false;
  return protocol === 'api:' || hostname === tenant.defaultDomain || hostname.endsWith(`.${tenant.defaultDomain}`);
};
