import type { IdentityProvider, IdentityProviderStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { Selectable } from 'kysely';
import { asOne, type Handle } from '../handle.ts';
import type { IdentityProviderRow } from '../rows/policies.ts';
import { storableJson, storableText } from '../storable.ts';

export const createIdentityProviderStore = (db: Handle): IdentityProviderStore => ({
  list: (tenantId) => list(db, tenantId),
  find: (tenantId, id) => find(db, tenantId, id),
  insert: (provider) => insert(db, provider),
  delete: (tenantId, id) =>
    asOne(db, async (transaction) => {
      await forgetIdentities(transaction, tenantId, id);
      return deleteProvider(transaction, tenantId, id);
    }),
});

const list = async (db: Handle, tenantId: Uuid): Promise<readonly IdentityProvider[]> => {
  const rows = await selectProviders(db, tenantId)
    .orderBy('provider.created_at')
    .orderBy('provider.provider_id')
    .execute();
  return rows.map(providerOf);
};

const find = async (db: Handle, tenantId: Uuid, id: Uuid): Promise<IdentityProvider | undefined> => {
  const row = await selectProviders(db, tenantId).where('provider.provider_id', '=', id).executeTakeFirst();
  return row && providerOf(row);
};

const insert = async (db: Handle, provider: IdentityProvider): Promise<void> => {
  await db
    .insertInto('identity_provider')
    .values({
      tenant_id: provider.tenantId,
      provider_id: provider.id,
      display_name: storableText(provider.displayName),
      issuer: provider.issuer,
      client_id: provider.clientId,
      sealed_client_secret: Buffer.from(provider.sealedClientSecret),
      scopes: [...provider.scopes],
      creates_users: provider.createsUsers,
      group_claim: provider.groupClaim ?? null,
      groups: storableJson(provider.groups),
      trusts_mfa: provider.trustsMfa,
      created_at: provider.createdAt,
    })
    .execute();
};

/** The people it signed in stay; without a password they can no longer sign in. */
const forgetIdentities = async (db: Handle, tenantId: Uuid, id: Uuid): Promise<void> => {
  await db
    .updateTable('directory_user')
    .set({ external_provider_id: null, external_subject: null })
    .where('directory_user.tenant_id', '=', tenantId)
    .where('directory_user.external_provider_id', '=', id)
    .execute();
};

const deleteProvider = async (db: Handle, tenantId: Uuid, id: Uuid): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('identity_provider')
    .where('identity_provider.tenant_id', '=', tenantId)
    .where('identity_provider.provider_id', '=', id)
    .returning('identity_provider.provider_id')
    .executeTakeFirst();
  return deleted !== undefined;
};

const selectProviders = (db: Handle, tenantId: Uuid) =>
  db
    .selectFrom('identity_provider as provider')
    .select(['provider.tenant_id', 'provider.provider_id', 'provider.display_name', 'provider.issuer'])
    .select(['provider.client_id', 'provider.sealed_client_secret', 'provider.scopes', 'provider.creates_users'])
    .select(['provider.group_claim', 'provider.groups', 'provider.trusts_mfa', 'provider.created_at'])
    .where('provider.tenant_id', '=', tenantId);

const providerOf = (row: Selectable<IdentityProviderRow>): IdentityProvider => ({
  id: row.provider_id,
  tenantId: row.tenant_id,
  displayName: row.display_name,
  issuer: row.issuer,
  clientId: row.client_id,
  sealedClientSecret: row.sealed_client_secret,
  scopes: row.scopes,
  createsUsers: row.creates_users,
  groupClaim: row.group_claim ?? undefined,
  groups: row.groups,
  trustsMfa: row.trusts_mfa,
  createdAt: row.created_at,
});
