import type { Tenant } from '@holdfast/directory';
import { isUuid } from '@holdfast/kernel';
import type { CachedDirectory } from '../directory/cached-directory.ts';
import { oauthError } from '../oauth-error.ts';

/**
 * What the first path segment names. `any` is for clients that do not know their user's tenant yet; a request that
 * needs a tenant cannot be served there.
 */
export type Authority =
  | { readonly kind: 'tenant'; readonly tenant: Tenant; readonly segment: string }
  | { readonly kind: 'any'; readonly segment: 'common' | 'organizations' };

/** The alias of the default tenant for clients that skip instance discovery only below `/adfs`. */
export const adfsAlias = 'adfs';

const domainPattern = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Throws `tenantNotFound` for a segment that names nothing. */
export const findAuthority = async (directory: CachedDirectory, rawSegment: string): Promise<Authority> => {
  const segment = rawSegment.toLowerCase();
  if (segment === 'common' || segment === 'organizations') return { kind: 'any', segment };
  const tenant = await findTenant(directory, segment);
  if (tenant === undefined) throw oauthError('tenantNotFound', { tenant: rawSegment });
  return { kind: 'tenant', tenant, segment };
};

const findTenant = async (directory: CachedDirectory, segment: string): Promise<Tenant | undefined> => {
  if (segment === adfsAlias) return directory.defaultTenant();
  return isUuid(segment) || domainPattern.test(segment) ? directory.findTenant(segment) : undefined;
};

/** The tenant, for grants in which nothing else says whose token it is. */
export const tenantOf = (authority: Authority): Tenant => {
  if (authority.kind === 'tenant') return authority.tenant;
  throw oauthError('authorityWithoutTenant', { alias: authority.segment });
};
