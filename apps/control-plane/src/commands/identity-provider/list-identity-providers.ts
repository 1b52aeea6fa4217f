import type { IdentityProvider } from '@holdfast/directory';
import { federatedRedirectUri } from '@holdfast/token-service';
import type { Administration } from '../../administer.ts';

/** Prints every provider of the tenant, without its secret. */
export const listIdentityProviders = async ({ stores, tenant, config, print }: Administration): Promise<void> =>
  print((await stores.identityProviders.list(tenant.id)).map((provider) => described(provider, config.origin)));

/** `redirectUri` is what to register there; `origin` is the token service's public one. */
export const described = (provider: IdentityProvider, origin: string) => ({
  id: provider.id,
  redirectUri: federatedRedirectUri(origin, provider.id),
  name: provider.displayName,
  issuer: provider.issuer,
  clientId: provider.clientId,
  scopes: provider.scopes,
  createsUsers: provider.createsUsers,
  groupClaim: provider.groupClaim,
  groups: provider.groups,
  trustsMfa: provider.trustsMfa,
});
