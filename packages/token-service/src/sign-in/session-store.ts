import type { Uuid } from '@holdfast/kernel';

/** A browser in which a person is signed in. The browser holds a random name; kept is its SHA-256. */
export interface Session {
  readonly idSha256: Uint8Array;
  /** Public name of the session, `sid` in tokens. */
  readonly sid: Uuid;
  readonly tenantId: Uuid;
  readonly userId: Uuid;
  readonly authentication: Authentication;
  readonly expiresAt: Date;
}

/** How and when a person proved who they are; tokens carry it as `amr` and `auth_time`. */
export interface Authentication {
  readonly at: Date;
  readonly methods: readonly AuthenticationMethod[];
}

/** RFC 8176; `fed` is a sign-in at another provider. */
export type AuthenticationMethod = 'pwd' | 'otp' | 'mfa' | 'fed';

export interface SessionStore {
  insert(session: Session): Promise<void>;
  /** One that has not ended by `now`. */
  find(idSha256: Uint8Array, now: Date): Promise<Session | undefined>;
  delete(idSha256: Uint8Array): Promise<void>;
  deleteOfUser(tenantId: Uuid, userId: Uuid): Promise<void>;
  /** Those that ended before; how many. */
  deleteExpired(now: Date): Promise<number>;
}
