import type { NewServicePrincipal } from '@holdfast/directory';
import type { Handle } from '../handle.ts';
import { storableText } from '../storable.ts';
import { applicationColumns } from './application-row.ts';
import { insertCertificates, insertSecrets } from './credential-store.ts';
import { addFederated } from './federated-credential.ts';

/** The application with its credentials and its principal. Runs in a transaction. */
export const createServicePrincipal = async (db: Handle, principal: NewServicePrincipal): Promise<void> => {
  const place = { tenantId: principal.tenantId, applicationId: principal.applicationObjectId };
  await insertApplication(db, principal);
  await insertPrincipal(db, principal);
  await insertSecrets(db, place, principal.secrets);
  await insertCertificates(db, place, principal.certificates);
  for (const credential of principal.federatedCredentials) await addFederated(db, place, credential);
};

const insertApplication = async (db: Handle, principal: NewServicePrincipal): Promise<void> => {
  await db
    .insertInto('application')
    .values({
      application_id: principal.applicationObjectId,
      tenant_id: principal.tenantId,
      app_id: principal.appId,
      created_at: principal.createdAt,
      ...applicationColumns({ ...principal, manifest: {} }),
    })
    .execute();
};

const insertPrincipal = async (db: Handle, principal: NewServicePrincipal): Promise<void> => {
  await db
    .insertInto('service_principal')
    .values({
      tenant_id: principal.tenantId,
      principal_id: principal.objectId,
      app_id: principal.appId,
      application_id: principal.applicationObjectId,
      kind: principal.kind,
      display_name: storableText(principal.displayName),
      display_name_key: storableText(principal.displayName).toLowerCase(),
      enabled: principal.enabled,
      permissions: [...principal.roles],
      tags: [],
      created_at: principal.createdAt,
    })
    .execute();
};
