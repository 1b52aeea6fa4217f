import type { CredentialPlace, FederatedCredential } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { Handle } from '../handle.ts';
import { storableText } from '../storable.ts';
import { unlessTaken } from '../unless-taken.ts';

export const addFederated = async (
  db: Handle,
  { tenantId, applicationId }: CredentialPlace,
  credential: FederatedCredential,
): Promise<boolean> => {
  const inserted = await db
    .insertInto('federated_credential')
    .values({
      tenant_id: tenantId,
      application_id: applicationId,
      credential_id: credential.id,
      last_used_at: credential.lastUsedAt ?? null,
      ...contentOf(credential),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('federated_credential.credential_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

/** False when the name is taken, or there is no such credential. Runs in a transaction. */
export const updateFederated = async (
  db: Handle,
  place: CredentialPlace,
  credential: FederatedCredential,
): Promise<boolean> => {
  let found = false;
  const free = await unlessTaken(db, 'federated_credential_name_key', async () => {
    found = await updateRow(db, place, credential);
  });
  return free && found;
};

const updateRow = async (
  db: Handle,
  { tenantId, applicationId }: CredentialPlace,
  credential: FederatedCredential,
): Promise<boolean> => {
  const updated = await db
    .updateTable('federated_credential')
    .set(contentOf(credential))
    .where('federated_credential.tenant_id', '=', tenantId)
    .where('federated_credential.application_id', '=', applicationId)
    .where('federated_credential.credential_id', '=', credential.id)
    .returning('federated_credential.credential_id')
    .executeTakeFirst();
  return updated !== undefined;
};

export const removeFederated = async (
  db: Handle,
  { tenantId, applicationId }: CredentialPlace,
  credentialId: Uuid,
): Promise<boolean> => {
  const removed = await db
    .deleteFrom('federated_credential')
    .where('federated_credential.tenant_id', '=', tenantId)
    .where('federated_credential.application_id', '=', applicationId)
    .where('federated_credential.credential_id', '=', credentialId)
    .returning('federated_credential.credential_id')
    .executeTakeFirst();
  return removed !== undefined;
};

/** When it was last used stays what it is: whoever updates it read that a while ago. */
const contentOf = (credential: FederatedCredential) => ({
  name: storableText(credential.name),
  name_key: storableText(credential.name).toLowerCase(),
  description: credential.description === undefined ? null : storableText(credential.description),
  issuer: storableText(credential.issuer),
  subject: storableText(credential.subject),
  audiences: credential.audiences.map(storableText),
});
