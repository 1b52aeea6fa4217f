import type { Uuid } from '@holdfast/kernel';
import type { Client, ClientCertificate, ClientSecret } from '@holdfast/token-service';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { ServicePrincipalRow } from '../rows.ts';

/** Inside JSON bytes are base64 and times text. */
interface SecretJson {
  secret_id: Uuid;
  display_name: string;
  sha256: string;
  hint: string;
  starts_at: string;
  ends_at: string;
}

interface CertificateJson {
  certificate_id: Uuid;
  certificate_der: string;
  sha256_thumbprint: string;
  sha1_thumbprint: string;
  starts_at: string;
  ends_at: string;
}

interface ClientRow extends Omit<ServicePrincipalRow, 'application_id' | 'created_at'> {
  secrets: SecretJson[];
  certificates: CertificateJson[];
}

const secrets = sql<SecretJson[]>`array(
  select json_build_object(
    'secret_id', secret.secret_id,
    'display_name', secret.display_name,
    'sha256', encode(secret.sha256, 'base64'),
    'hint', secret.hint,
    'starts_at', secret.starts_at,
    'ends_at', secret.ends_at
  )
  from client_secret as secret
  where secret.tenant_id = principal.tenant_id and secret.application_id = principal.application_id
  order by secret.starts_at, secret.secret_id
)`;

const certificates = sql<CertificateJson[]>`array(
  select json_build_object(
    'certificate_id', certificate.certificate_id,
    'certificate_der', encode(certificate.certificate_der, 'base64'),
    'sha256_thumbprint', certificate.sha256_thumbprint,
    'sha1_thumbprint', certificate.sha1_thumbprint,
    'starts_at', certificate.starts_at,
    'ends_at', certificate.ends_at
  )
  from client_certificate as certificate
  where certificate.tenant_id = principal.tenant_id and certificate.application_id = principal.application_id
  order by certificate.starts_at, certificate.certificate_id
)`;

/** The programs of a tenant with their credentials, in one statement. Machine identities have none and are left out. */
export const selectClients = (db: Handle, tenantId: Uuid) =>
  db
    .selectFrom('service_principal as principal')
    .select(['principal.tenant_id', 'principal.principal_id', 'principal.app_id', 'principal.kind'])
    .select(['principal.display_name', 'principal.enabled', 'principal.permissions'])
    .select([secrets.as('secrets'), certificates.as('certificates')])
    .where('principal.tenant_id', '=', tenantId)
    .where('principal.kind', '=', 'Application');

export const clientOf = (row: ClientRow): Client => ({
  tenantId: row.tenant_id,
  appId: row.app_id,
  objectId: row.principal_id,
  displayName: row.display_name,
  enabled: row.enabled,
  kind: row.kind,
  secrets: row.secrets.map(secretOf),
  certificates: row.certificates.map(certificateOf),
  roles: row.permissions,
});

const secretOf = (secret: SecretJson): ClientSecret => ({
  id: secret.secret_id,
  displayName: secret.display_name,
  sha256: Buffer.from(secret.sha256, 'base64'),
  hint: secret.hint,
  startsAt: new Date(secret.starts_at),
  endsAt: new Date(secret.ends_at),
});

const certificateOf = (certificate: CertificateJson): ClientCertificate => ({
  id: certificate.certificate_id,
  certificateDer: Buffer.from(certificate.certificate_der, 'base64'),
  sha256Thumbprint: certificate.sha256_thumbprint,
  sha1Thumbprint: certificate.sha1_thumbprint,
  startsAt: new Date(certificate.starts_at),
  endsAt: new Date(certificate.ends_at),
});
