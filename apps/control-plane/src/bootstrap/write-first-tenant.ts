import type { Random } from '@holdfast/kernel';
import type { StoredAuthority, Stores } from '@holdfast/store-postgres';
import type { FirstTenant } from './first-tenant.ts';
import { grantEverything } from './grant-everything.ts';

/** Writes everything a control plane begins with, within the caller's transaction. */
export const writeFirstTenant = async (stores: Stores, first: FirstTenant, random: Random): Promise<void> => {
  await insertAuthority(stores, first.authority);
  await stores.directoryWriter.createTenant(first.tenant);
  await stores.signingKeys.addSigningKey(first.signingKey);
  await stores.subscriptions.insert(first.subscription);
  await stores.resourceGroups.insert(first.group);
  await stores.directoryWriter.createUser(first.administrator);
  await stores.directoryWriter.createServicePrincipal(first.automation);
  for (const principalId of [first.administrator.id, first.automation.objectId]) {
    const { createdAt } = first.subscription;
    await grantEverything(stores, {
      tenantId: first.tenant.id,
      principalId,
      createdAt,
      createdBy: 'first start',
      random,
    });
  }
};

/** There is one authority for the database, so its row decides which of several first starts is the first. */
const insertAuthority = async ({ authorities }: Stores, authority: StoredAuthority): Promise<void> => {
  if (await authorities.insert(authority)) return;
  throw new Error('another replica set this database up at the same time: start this one again');
};
