import type { IdentityProvider } from '@holdfast/directory';
import type { Administration } from '../../administer.ts';

/** Prints every provider of the tenant, without its secret. */
export const listIdentityProviders = async ({ stores, tenant, print }: Administration): Promise<void> =>
  print((await stores.identityProviders.list(tenant.id)).map(described));

export const described = (provider: IdentityProvider) => ({
  id: provider.id,
  name: provider.displayName,
  issuer: provider.issuer,
  clientId: provider.clientId,
  scopes: provider.scopes,
  createsUsers: provider.createsUsers,
  groupClaim: provider.groupClaim,
  groups: provider.groups,
  trustsMfa: provider.trustsMfa,
});
