import type { NewServicePrincipal } from '@holdfast/token-service';
import type { Handle } from '../handle.ts';

/** The application with its credentials and its principal. Runs in a transaction. */
export const createServicePrincipal = async (db: Handle, principal: NewServicePrincipal): Promise<void> => {
  await insertApplication(db, principal);
  await insertPrincipal(db, principal);
  if (principal.secrets.length > 0) await insertSecrets(db, principal);
  if (principal.certificates.length > 0) await insertCertificates(db, principal);
};

const insertApplication = async (db: Handle, principal: NewServicePrincipal): Promise<void> => {
  await db
    .insertInto('application')
    .values({
      application_id: principal.applicationObjectId,
      tenant_id: principal.tenantId,
      app_id: principal.appId,
      display_name: principal.displayName,
      created_at: principal.createdAt,
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
      display_name: principal.displayName,
      enabled: principal.enabled,
      permissions: [...principal.roles],
      created_at: principal.createdAt,
    })
    .execute();
};

const insertSecrets = async (db: Handle, principal: NewServicePrincipal): Promise<void> => {
  const rows = principal.secrets.map((secret) => ({
    tenant_id: principal.tenantId,
    application_id: principal.applicationObjectId,
    secret_id: secret.id,
    display_name: secret.displayName,
    sha256: Buffer.from(secret.sha256),
    hint: secret.hint,
    starts_at: secret.startsAt,
    ends_at: secret.endsAt,
  }));
  await db.insertInto('client_secret').values(rows).execute();
};

const insertCertificates = async (db: Handle, principal: NewServicePrincipal): Promise<void> => {
  const rows = principal.certificates.map((certificate) => ({
    tenant_id: principal.tenantId,
    application_id: principal.applicationObjectId,
    certificate_id: certificate.id,
    certificate_der: Buffer.from(certificate.certificateDer),
    sha256_thumbprint: certificate.sha256Thumbprint,
    sha1_thumbprint: certificate.sha1Thumbprint,
    starts_at: certificate.startsAt,
    ends_at: certificate.endsAt,
  }));
  await db.insertInto('client_certificate').values(rows).execute();
};
