import type { AppliedPolicy, SignIn } from '@holdfast/directory';
import type { Selectable } from 'kysely';
import type { Handle } from '../handle.ts';
import type { SignInRow } from '../rows/sign-in.ts';

export const selectSignIns = (db: Handle) =>
  db
    .selectFrom('sign_in')
    .select(['sign_in.tenant_id', 'sign_in.sign_in_id', 'sign_in.occurred_at', 'sign_in.occurrences'])
    .select(['sign_in.last_at', 'sign_in.correlation_id', 'sign_in.flow', 'sign_in.principal_kind'])
    .select(['sign_in.principal_id', 'sign_in.principal_name', 'sign_in.app_id', 'sign_in.app_display_name'])
    .select(['sign_in.resource', 'sign_in.address', 'sign_in.user_agent', 'sign_in.credential_kind'])
    .select(['sign_in.credential_id', 'sign_in.mfa', 'sign_in.code', 'sign_in.reason', 'sign_in.policies']);

export const signInOf = (row: Omit<Selectable<SignInRow>, 'principal_name_key'>): SignIn => ({
  id: row.sign_in_id,
  tenantId: row.tenant_id,
  at: row.occurred_at,
  count: row.occurrences,
  lastAt: row.last_at,
  correlationId: row.correlation_id,
  flow: row.flow,
  principal: { kind: row.principal_kind, id: row.principal_id ?? undefined, name: row.principal_name },
  app: { appId: row.app_id ?? undefined, displayName: row.app_display_name },
  resource: row.resource ?? undefined,
  address: row.address,
  userAgent: row.user_agent,
  credential: { kind: row.credential_kind, id: row.credential_id ?? undefined },
  mfa: row.mfa,
  outcome: { code: row.code, reason: row.reason },
  policies: row.policies as AppliedPolicy[],
});
