import { parseUuid } from '@holdfast/kernel';
import type { Administration } from '../../administer.ts';
import { ConfigError } from '../../config/config-error.ts';

/** Who signed in there stays a user, but needs another way in. */
export const removeIdentityProvider = async (tools: Administration, options: { id: string }): Promise<void> => {
  const { stores, tenant, print } = tools;
  const id = parseUuid(options.id);
  const isRemoved = id.ok && (await stores.identityProviders.delete(tenant.id, id.value));
  if (!isRemoved)
    throw new ConfigError(`--id: there is no provider ${options.id}; see holdfast identity-provider list`);
  print({ removed: id.value });
};
