import type { Uuid } from '@holdfast/kernel';
import { type RawBuilder, sql } from 'kysely';
import { groupIdsOf } from './membership-store.ts';

/** A query for all that a principal holds grants as: itself, and every group that it is in, directly or not. */
export const holderIdsOf = (tenantId: Uuid, principalId: Uuid): RawBuilder<unknown> => sql`
  select ${principalId}::uuid union all (${groupIdsOf(tenantId, principalId)})`;
