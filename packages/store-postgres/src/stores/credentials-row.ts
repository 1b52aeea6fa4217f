import type { ClientCertificate, ClientSecret, FederatedCredential } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';

/** The credentials of a row of `application`, as arrays of JSON, inside which bytes are base64 and times text. */
export interface CredentialsRow {
  secrets: SecretJson[];
  certificates: CertificateJson[];
  federated_credentials: FederatedJson[];
}

export interface SecretJson {
  secret_id: Uuid;
  display_name: string;
  sha256: string;
  hint: string;
  starts_at: string;
  ends_at: string;
  last_used_at: string | null;
}

export interface CertificateJson {
  certificate_id: Uuid;
  display_name: string;
  certificate_der: string;
  sha256_thumbprint: string;
  sha1_thumbprint: string;
  starts_at: string;
  ends_at: string;
  last_used_at: string | null;
}

export interface FederatedJson {
  credential_id: Uuid;
  name: string;
  description: string | null;
  issuer: string;
  subject: string;
  audiences: string[];
  last_used_at: string | null;
}

const secrets = sql<SecretJson[]>`array(
  select json_build_object(
    'secret_id', secret.secret_id,
    'display_name', secret.display_name,
    'sha256', encode(secret.sha256, 'base64'),
    'hint', secret.hint,
    'starts_at', secret.starts_at,
    'ends_at', secret.ends_at,
    'last_used_at', secret.last_used_at
  )
  from client_secret as secret
  where secret.tenant_id = application.tenant_id and secret.application_id = application.application_id
  order by secret.starts_at, secret.secret_id
)`;

const certificates = sql<CertificateJson[]>`array(
  select json_build_object(
    'certificate_id', certificate.certificate_id,
    'display_name', certificate.display_name,
    'certificate_der', encode(certificate.certificate_der, 'base64'),
    'sha256_thumbprint', certificate.sha256_thumbprint,
    'sha1_thumbprint', certificate.sha1_thumbprint,
    'starts_at', certificate.starts_at,
    'ends_at', certificate.ends_at,
    'last_used_at', certificate.last_used_at
  )
  from client_certificate as certificate
  where certificate.tenant_id = application.tenant_id and certificate.application_id = application.application_id
  order by certificate.starts_at, certificate.certificate_id
)`;

const federatedCredentials = sql<FederatedJson[]>`array(
  select json_build_object(
    'credential_id', federated.credential_id,
    'name', federated.name,
    'description', federated.description,
    'issuer', federated.issuer,
    'subject', federated.subject,
    'audiences', federated.audiences,
    'last_used_at', federated.last_used_at
  )
  from federated_credential as federated
  where federated.tenant_id = application.tenant_id and federated.application_id = application.application_id
  order by federated.ordinal
)`;

/** What a statement over `application` selects to have the credentials along. */
export const credentialColumns = [
  secrets.as('secrets'),
  certificates.as('certificates'),
  federatedCredentials.as('federated_credentials'),
] as const;

export const credentialsOf = (row: CredentialsRow) => ({
  secrets: row.secrets.map(secretOf),
  certificates: row.certificates.map(certificateOf),
  federatedCredentials: row.federated_credentials.map(federatedOf),
});

const secretOf = (secret: SecretJson): ClientSecret => ({
  id: secret.secret_id,
  displayName: secret.display_name,
  sha256: Buffer.from(secret.sha256, 'base64'),
  hint: secret.hint,
  startsAt: new Date(secret.starts_at),
  endsAt: new Date(secret.ends_at),
  lastUsedAt: dateOf(secret.last_used_at),
});

const certificateOf = (certificate: CertificateJson): ClientCertificate => ({
  id: certificate.certificate_id,
  displayName: certificate.display_name,
  certificateDer: Buffer.from(certificate.certificate_der, 'base64'),
  sha256Thumbprint: certificate.sha256_thumbprint,
  sha1Thumbprint: certificate.sha1_thumbprint,
  startsAt: new Date(certificate.starts_at),
  endsAt: new Date(certificate.ends_at),
  lastUsedAt: dateOf(certificate.last_used_at),
});

const federatedOf = (federated: FederatedJson): FederatedCredential => ({
  id: federated.credential_id,
  name: federated.name,
  description: federated.description ?? undefined,
  issuer: federated.issuer,
  subject: federated.subject,
  audiences: federated.audiences,
  lastUsedAt: dateOf(federated.last_used_at),
});

const dateOf = (text: string | null): Date | undefined => (text === null ? undefined : new Date(text));
