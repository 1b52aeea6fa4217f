import type { Uuid } from '@holdfast/kernel';
import type { Session, SessionStore } from '@holdfast/token-service';
import type { Handle } from '../handle.ts';

export const createSessionStore = (db: Handle): SessionStore => ({
  insert: (session) => insert(db, session),
  find: (idSha256, now) => find(db, idSha256, now),
  delete: (idSha256) => deleteSession(db, idSha256),
  deleteOfUser: (tenantId, userId) => deleteOfUser(db, tenantId, userId),
  deleteExpired: (now) => deleteExpired(db, now),
});

const insert = async (db: Handle, session: Session): Promise<void> => {
  await db
    .insertInto('browser_session')
    .values({
      session_sha256: Buffer.from(session.idSha256),
      tenant_id: session.tenantId,
      user_id: session.userId,
      sid: session.sid,
      authenticated_at: session.authentication.at,
      authentication_methods: [...session.authentication.methods],
      expires_at: session.expiresAt,
    })
    .execute();
};

const find = async (db: Handle, idSha256: Uint8Array, now: Date): Promise<Session | undefined> => {
  const row = await db
    .selectFrom('browser_session as session')
    .select(['session.session_sha256', 'session.tenant_id', 'session.user_id', 'session.sid', 'session.expires_at'])
    .select(['session.authenticated_at', 'session.authentication_methods'])
    .where('session.session_sha256', '=', Buffer.from(idSha256))
    .where('session.expires_at', '>', now)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    idSha256: row.session_sha256,
    sid: row.sid,
    tenantId: row.tenant_id,
    userId: row.user_id,
    authentication: { at: row.authenticated_at, methods: row.authentication_methods },
    expiresAt: row.expires_at,
  };
};

const deleteSession = async (db: Handle, idSha256: Uint8Array): Promise<void> => {
  await db.deleteFrom('browser_session').where('browser_session.session_sha256', '=', Buffer.from(idSha256)).execute();
};

const deleteOfUser = async (db: Handle, tenantId: Uuid, userId: Uuid): Promise<void> => {
  await db
    .deleteFrom('browser_session')
    .where('browser_session.tenant_id', '=', tenantId)
    .where('browser_session.user_id', '=', userId)
    .execute();
};

const deleteExpired = async (db: Handle, now: Date): Promise<number> => {
  const deleted = await db
    .deleteFrom('browser_session')
    .where('browser_session.expires_at', '<', now)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
};
