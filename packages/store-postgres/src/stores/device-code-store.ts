import type { DeviceCode, DeviceCodeStore, DeviceDecision } from '@holdfast/token-service';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { storableText } from '../storable.ts';
import { deviceCodeColumns, deviceCodeOf } from './device-code-row.ts';
import { pollDeviceCode } from './poll-device-code.ts';

export const createDeviceCodeStore = (db: Handle): DeviceCodeStore => ({
  insert: (code) => insert(db, code),
  findWaiting: (userCodeSha256, now) => findWaiting(db, userCodeSha256, now),
  decide: (userCodeSha256, decision, now) => decide(db, { userCodeSha256, decision, now }),
  poll: (deviceCodeSha256, now) => pollDeviceCode(db, deviceCodeSha256, now),
  deleteExpired: (now) => deleteExpired(db, now),
});

/** Seconds between two polls at first (RFC 8628 section 3.2). */
const firstInterval = 5;

const insert = async (db: Handle, code: DeviceCode): Promise<boolean> => {
  const inserted = await db
    .insertInto('device_code')
    .values({
      device_code_sha256: Buffer.from(code.deviceCodeSha256),
      user_code_sha256: Buffer.from(code.userCodeSha256),
      client_id: code.clientId,
      asked_tenant_id: code.tenantId ?? null,
      resource: storableText(code.resource),
      scopes: code.scopes.map(storableText),
      address: storableText(code.address),
      user_agent: storableText(code.userAgent),
      created_at: code.createdAt,
      expires_at: code.expiresAt,
      state: 'waiting',
      interval_seconds: firstInterval,
    })
    .onConflict((conflict) => conflict.constraint('device_code_user_code_key').doNothing())
    .returning('device_code.state')
    .executeTakeFirst();
  return inserted !== undefined;
};

const findWaiting = async (db: Handle, userCodeSha256: Uint8Array, now: Date): Promise<DeviceCode | undefined> => {
  const row = await db
    .selectFrom('device_code as code')
    .select(deviceCodeColumns)
    .where('code.user_code_sha256', '=', Buffer.from(userCodeSha256))
    .where('code.state', '=', 'waiting')
    .where('code.expires_at', '>', now)
    .executeTakeFirst();
  return row && deviceCodeOf(row);
};

/** Nobody decides for a device that asked at another tenant. */
const decide = async (
  db: Handle,
  { userCodeSha256, decision, now }: { userCodeSha256: Uint8Array; decision: DeviceDecision; now: Date },
): Promise<boolean> => {
  const { tenantId } = decision.kind === 'approved' ? decision.grant : decision;
  const decided = await db
    .updateTable('device_code as code')
    .set(decisionColumns(decision))
    .where('code.user_code_sha256', '=', Buffer.from(userCodeSha256))
    .where('code.state', '=', 'waiting')
    .where('code.expires_at', '>', now)
    .where(sql<boolean>`coalesce(code.asked_tenant_id, ${tenantId}::uuid) = ${tenantId}::uuid`)
    .returning('code.state')
    .executeTakeFirst();
  return decided !== undefined;
};

const decisionColumns = (decision: DeviceDecision) => {
  if (decision.kind === 'declined')
    return { state: decision.kind, tenant_id: decision.tenantId, user_id: decision.userId };
  const { grant } = decision;
  return {
    state: decision.kind,
    tenant_id: grant.tenantId,
    user_id: grant.userId,
    granted_resource: storableText(grant.resource),
    granted_scopes: grant.scopes.map(storableText),
    sid: grant.sid,
    authenticated_at: grant.authentication.at,
    authentication_methods: [...grant.authentication.methods],
  };
};

const deleteExpired = async (db: Handle, now: Date): Promise<number> => {
  const deleted = await db.deleteFrom('device_code').where('device_code.expires_at', '<', now).executeTakeFirst();
  return Number(deleted.numDeletedRows);
};
