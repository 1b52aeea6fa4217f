import { rootScope } from '@holdfast/arm';
import { findBuiltInRole } from '@holdfast/authorization';
import { directoryRoles } from '@holdfast/directory';
import { newUuid, type Random, type Uuid } from '@holdfast/kernel';
import type { StoredAuthority, Stores } from '@holdfast/store-postgres';
import type { FirstTenant } from './first-tenant.ts';

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
    await grantEverything(stores, { first, principalId, random });
  }
};

/** There is one authority for the database, so its row decides which of several first starts is the first. */
const insertAuthority = async ({ authorities }: Stores, authority: StoredAuthority): Promise<void> => {
  if (await authorities.insert(authority)) return;
  throw new Error('another replica set this database up at the same time: start this one again');
};

interface Grant {
  readonly first: FirstTenant;
  readonly principalId: Uuid;
  readonly random: Random;
}

/** Owner of everything in the tenant, and Global Administrator of its directory. */
const grantEverything = async (stores: Stores, { first, principalId, random }: Grant): Promise<void> => {
  const owner = findBuiltInRole('Owner');
  if (owner === undefined) throw new Error('the built-in roles lack Owner');
  const who = { tenantId: first.tenant.id, principalId };
  const when = { createdAt: first.subscription.createdAt, createdBy: 'first start' };
  await stores.roleAssignments.insert({ id: newUuid(random), ...who, roleId: owner.id, scope: rootScope, ...when });
  const roleId = directoryRoles.globalAdministrator;
  await stores.directoryRoles.assign({ id: newUuid(random), ...who, roleId });
};
