import type {
  ClientCertificate,
  ClientSecret,
  CredentialPlace,
  CredentialStore,
  EndingCredential,
} from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import { asOne, type Handle } from '../handle.ts';
import { storableText } from '../storable.ts';
import { addFederated, removeFederated, updateFederated } from './federated-credential.ts';

export const createCredentialStore = (db: Handle): CredentialStore => ({
  addSecret: (place, secret) => insertSecrets(db, place, [secret]),
  addCertificate: (place, certificate) => insertCertificates(db, place, [certificate]),
  remove: (place, credentialId) => remove(db, place, credentialId),
  addFederated: (place, credential) => addFederated(db, place, credential),
  updateFederated: (place, credential) => asOne(db, (transaction) => updateFederated(transaction, place, credential)),
  removeFederated: (place, credentialId) => removeFederated(db, place, credentialId),
  listEnding: (until) => listEnding(db, until),
});

export const insertSecrets = async (
  db: Handle,
  { tenantId, applicationId }: CredentialPlace,
  secrets: readonly ClientSecret[],
): Promise<void> => {
  if (secrets.length === 0) return;
  const rows = secrets.map((secret) => ({
    tenant_id: tenantId,
    application_id: applicationId,
    secret_id: secret.id,
    display_name: storableText(secret.displayName),
    sha256: Buffer.from(secret.sha256),
    hint: secret.hint,
    starts_at: secret.startsAt,
    ends_at: secret.endsAt,
    last_used_at: secret.lastUsedAt ?? null,
  }));
  await db.insertInto('client_secret').values(rows).execute();
};

export const insertCertificates = async (
  db: Handle,
  { tenantId, applicationId }: CredentialPlace,
  certificates: readonly ClientCertificate[],
): Promise<void> => {
  if (certificates.length === 0) return;
  const rows = certificates.map((certificate) => ({
    tenant_id: tenantId,
    application_id: applicationId,
    certificate_id: certificate.id,
    display_name: storableText(certificate.displayName),
    certificate_der: Buffer.from(certificate.certificateDer),
    sha256_thumbprint: certificate.sha256Thumbprint,
    sha1_thumbprint: certificate.sha1Thumbprint,
    starts_at: certificate.startsAt,
    ends_at: certificate.endsAt,
    last_used_at: certificate.lastUsedAt ?? null,
  }));
  await db.insertInto('client_certificate').values(rows).execute();
};

const remove = async (db: Handle, { tenantId, applicationId }: CredentialPlace, id: Uuid): Promise<boolean> => {
  const removed = await sql`
    with secret as (
      delete from client_secret
      where client_secret.tenant_id = ${tenantId}::uuid
        and client_secret.application_id = ${applicationId}::uuid
        and client_secret.secret_id = ${id}::uuid
      returning client_secret.secret_id as credential_id
    ),
    certificate as (
      delete from client_certificate
      where client_certificate.tenant_id = ${tenantId}::uuid
        and client_certificate.application_id = ${applicationId}::uuid
        and client_certificate.certificate_id = ${id}::uuid
      returning client_certificate.certificate_id as credential_id
    )
    select secret.credential_id from secret
    union all
    select certificate.credential_id from certificate`.execute(db);
  return removed.rows.length > 0;
};

interface EndingRow {
  tenant_id: Uuid;
  app_id: Uuid;
  display_name: string;
  credential_id: Uuid;
  kind: 'secret' | 'certificate';
  ends_at: Date;
}

const listEnding = async (db: Handle, until: Date): Promise<readonly EndingCredential[]> => {
  const found = await sql<EndingRow>`
    select
      application.tenant_id, application.app_id, application.display_name,
      credential.credential_id, credential.kind, credential.ends_at
    from (
      select secret.tenant_id, secret.application_id, secret.secret_id as credential_id, 'secret' as kind, secret.ends_at
      from client_secret as secret
      where secret.ends_at < ${until}::timestamptz
      union all
      select certificate.tenant_id, certificate.application_id, certificate.certificate_id, 'certificate',
        certificate.ends_at
      from client_certificate as certificate
      where certificate.ends_at < ${until}::timestamptz
    ) as credential
    join application
      on application.tenant_id = credential.tenant_id and application.application_id = credential.application_id
    order by credential.ends_at, credential.credential_id`.execute(db);
  return found.rows.map((row) => ({
    tenantId: row.tenant_id,
    appId: row.app_id,
    displayName: row.display_name,
    credentialId: row.credential_id,
    kind: row.kind,
    endsAt: row.ends_at,
  }));
};
