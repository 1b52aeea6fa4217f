import type { ManagedIdentities } from '@holdfast/provider-hybrid-compute';
import { asOne, type Handle } from '../handle.ts';
import { deleteGrants } from './delete-grants.ts';
import { deleteIdentities } from './delete-identities.ts';

/** Machines' own principals: service principals without an application and without credentials. */
export const createManagedIdentityStore = (db: Handle): ManagedIdentities => ({
  create: (identity) => create(db, identity),
  delete: (tenantId, principalId) =>
    asOne(db, async (transaction) => {
      await deleteGrants(transaction, { tenantId, principalIds: [principalId] });
      await deleteIdentities(transaction, { tenantId, principalIds: [principalId] });
    }),
});

type NewIdentity = Parameters<ManagedIdentities['create']>[0];

const create = async (db: Handle, identity: NewIdentity): Promise<void> => {
  await db
    .insertInto('service_principal')
    .values({
      tenant_id: identity.tenantId,
      principal_id: identity.principalId,
      app_id: identity.clientId,
      application_id: null,
      kind: 'ManagedIdentity',
      display_name: identity.displayName,
      display_name_key: identity.displayName.toLowerCase(),
      enabled: true,
      permissions: [],
      tags: [],
      created_at: identity.now,
    })
    .execute();
};
