import type { Standing } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';

interface StandingRow {
  enabled: boolean;
  tokens_valid_from: Date | null;
  credential_ids: Uuid[];
}

/** A machine's identity has no application, so that none of the credentials is its own. */
export const findStanding = async (db: Handle, tenantId: Uuid, principalId: Uuid): Promise<Standing | undefined> => {
  const found = await sql<StandingRow>`
    select directory_user.enabled, directory_user.tokens_valid_from, array[]::uuid[] as credential_ids
    from directory_user
    where directory_user.tenant_id = ${tenantId}::uuid and directory_user.user_id = ${principalId}::uuid
    union all
    select
      principal.enabled,
      null,
      array(
        select secret.secret_id
        from client_secret as secret
        where secret.tenant_id = principal.tenant_id and secret.application_id = principal.application_id
        union all
        select certificate.certificate_id
        from client_certificate as certificate
        where certificate.tenant_id = principal.tenant_id and certificate.application_id = principal.application_id
        union all
        select federated.credential_id
        from federated_credential as federated
        where federated.tenant_id = principal.tenant_id and federated.application_id = principal.application_id
      )
    from service_principal as principal
    where principal.tenant_id = ${tenantId}::uuid and principal.principal_id = ${principalId}::uuid`.execute(db);
  const [row] = found.rows;
  if (row === undefined) return undefined;
  return {
    enabled: row.enabled,
    tokensValidFrom: row.tokens_valid_from ?? undefined,
    credentialIds: row.credential_ids,
  };
};
