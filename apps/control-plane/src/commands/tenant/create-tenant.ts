import { defaultTenantPolicy, type Tenant } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { runInTransaction } from '@holdfast/store-postgres';
import { rotateSigningKeys } from '@holdfast/token-service';
import type { Administration } from '../../administer.ts';
import { grantEverything } from '../../bootstrap/grant-everything.ts';
import { newAdministrator } from '../../bootstrap/new-administrator.ts';
import { ConfigError } from '../../config/config-error.ts';
import { sealerOf } from '../sealer-of.ts';
import { described } from './list-tenants.ts';

export interface CreateTenantOptions {
  readonly name: string;
  readonly domain: string;
}

/** Prints the new tenant. Its administrator's password is printed here and nowhere else. */
export const createTenant = async (tools: Administration, { name, domain }: CreateTenantOptions): Promise<void> => {
  const { database, clock, random, print } = tools;
  const tenant = { ...newTenant(name, domain), id: newUuid(random) };
  if ((await tools.stores.directory.findTenant(tenant.defaultDomain)) !== undefined)
    throw new ConfigError(`--domain: there is a tenant with the domain ${tenant.defaultDomain} already`);
  const sealer = await sealerOf(tools);
  const { administrator, password } = await newAdministrator(tools, tenant);
  await runInTransaction(database.db, async (stores) => {
    await stores.directoryWriter.createTenant(tenant);
    await rotateSigningKeys({ store: stores.signingKeys, sealer, clock, tenantId: tenant.id });
    await stores.directoryWriter.createUser(administrator);
    const { id: principalId, createdAt } = administrator;
    await grantEverything(stores, {
      tenantId: tenant.id,
      principalId,
      createdAt,
      createdBy: 'holdfast tenant',
      random,
    });
  });
  print({ ...described(tenant), administrator: { username: administrator.userPrincipalName, password } });
};

const newTenant = (name: string, domain: string): Omit<Tenant, 'id'> => {
  const displayName = name.trim();
  if (displayName === '' || displayName.length > 256) throw new ConfigError('--name must have 1 to 256 characters');
  return { displayName, defaultDomain: domainFrom(domain.toLowerCase()), policy: defaultTenantPolicy };
};

/** A name of RFC 1123 section 2.1. Two labels at least: the first segment of an address must not be taken for one. */
const domainFrom = (domain: string): string => {
  const isName = /^(?=.{3,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/.test(
    domain,
  );
  if (isName) return domain;
  throw new ConfigError(`--domain must be a DNS name such as example.com, not '${domain}'`);
};
